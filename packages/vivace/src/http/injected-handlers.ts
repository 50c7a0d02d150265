import { compileResolver } from '../compile/compile';
import type { Exchange, Incoming, Runtime } from '../compile/runtime';
import type { Request } from '../declare/context-classes';
import { isGenerator } from '../errors/async';
import type { ExceptionRule } from '../model/layers';
import type { InjectedClass } from '../model/node';
import type { RequestExchange } from './exchange';
import { exchangeOfRequest } from './exchange-of';
import { ExitScope } from './exit-scope';
import { Settlement } from './settlement';

interface HandlerObject {
  handle(error: unknown, request: Request, next: () => Promise<unknown>): unknown;
}

/** Gives rules as functions: a class is made for the error that it answers, and what it needs is closed with its answer. */
export function rulesWith(
  runtime: Runtime,
): (rules: readonly ExceptionRule[]) => readonly ExceptionRule[] {
  const known = new Map<InjectedClass, Function>();
  const handlerOf = (made: InjectedClass): Function => {
    const handle = known.get(made) ?? injectedHandler(made, runtime);
    known.set(made, handle);
    return handle;
  };
  return (rules) =>
    rules.map(({ on, handle, made }) => ({
      on,
      handle: made === undefined ? handle : handlerOf(made),
    }));
}

function injectedHandler(made: InjectedClass, runtime: Runtime): HandlerObject['handle'] {
  const { handle: resolve } = compileResolver([made], runtime);
  return async (error, request, next) => {
    const exchange = exchangeOfRequest(request);
    const scope = new ExitScope(request.log, new Settlement());
    let failure: { readonly error: unknown } | undefined;
    let response: unknown;
    try {
      const instances = await resolve(request.fastify as Incoming, beside(exchange, scope));
      const handler = (instances as Map<unknown, HandlerObject>).get(made.type)!;
      response = await handler.handle(error, request, next);
    } catch (thrown) {
      failure = { error: thrown };
    }
    const end = await scope.close(failure);
    if (end !== undefined) throw end.error;
    return response;
  };
}

/** The exchange of a request, with a scope of its own for what is opened. */
function beside(exchange: RequestExchange, scope: ExitScope): Exchange {
  return {
    get request() {
      return exchange.request;
    },
    get reply() {
      return exchange.reply;
    },
    get tasks() {
      return exchange.tasks;
    },
    get signal() {
      return exchange.signal;
    },
    get session() {
      return exchange.session;
    },
    body: () => exchange.body(),
    withBody: (use) => exchange.withBody(use),
    enter: async (generator) => {
      if (!isGenerator(generator)) throw new TypeError('A generator dependency gave no generator.');
      return scope.enter(generator);
    },
    // What it opens settles when it closes.
    isUnsettled: false,
    settle: () => Promise.resolve(),
    leave: async (answer) => answer,
    fail: async (error) => error,
    replay: (marks, handler) => exchange.replay(marks, handler),
  };
}
