import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Request } from '../declare/context-classes';
import { isThenable } from '../errors/async';
import type { Operation } from '../model/model';
import { templateOf } from '../model/operation-name';
import { QUIET, traceOf, type TraceMessage } from '../process/trace';
import { exchangeOf, knownState } from './exchange-of';
import type { ExchangeOptions } from './exchange-options';
import type { ServeOptions } from './pipeline';

type Run = <T>(run: () => T) => T;

const failed = new WeakMap<FastifyRequest, Run>();

/** Where somebody listens: from before the middleware until the answer is sent. */
export function traced(
  operation: Operation,
  { exchange }: ServeOptions,
  handler: RouteHandlerMethod,
): RouteHandlerMethod {
  const trace = traceOf('request');
  if (trace === undefined) return handler;
  const template = templateOf(operation);
  return function (request, reply) {
    const message = new RequestMessage(operation, template, request, reply, exchange);
    const run = (): unknown => {
      if (message.quiet) {
        (request as { [QUIET]?: boolean })[QUIET] = true;
        return handler.call(this, request, reply);
      }
      const answer: unknown = handler.call(this, request, reply);
      return isThenable(answer) ? Promise.resolve(answer) : answer;
    };
    return trace(message, run, reply.raw);
  };
}

/** Answers the error of a request where it happened: Fastify hands it over outside of its trace. */
export function insideTrace<T>(request: FastifyRequest, answer: () => T): T {
  const run = failed.get(request);
  return run === undefined ? answer() : run(answer);
}

/** What is told of a request; what costs something is made when somebody looks at it. */
class RequestMessage implements TraceMessage {
  quiet = false;
  readonly operation: string;
  readonly #operation: Operation;
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #exchange: ExchangeOptions;
  #error: unknown;

  constructor(
    operation: Operation,
    template: string,
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: ExchangeOptions,
  ) {
    this.operation = template;
    this.#operation = operation;
    this.#request = request;
    this.#reply = reply;
    this.#exchange = exchange;
  }

  get name(): string {
    return this.#operation.root.name;
  }
  get fastify(): FastifyRequest {
    return this.#request;
  }
  get id(): string {
    return this.#request.id;
  }
  get userId(): string | number | undefined {
    return knownState(this.#request)?.userId;
  }
  get request(): Request {
    return exchangeOf(this.#request, this.#reply, this.#operation, this.#exchange).request;
  }
  get status(): number | undefined {
    const { writableEnded, statusCode } = this.#reply.raw;
    return writableEnded ? statusCode : undefined;
  }
  get error(): unknown {
    return this.#error;
  }
  set error(error: unknown) {
    this.#error = error;
    failed.set(this.#request, AsyncLocalStorage.snapshot() as Run);
  }
}
