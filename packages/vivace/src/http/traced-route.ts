import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest, RouteHandlerMethod } from 'fastify';
import { isThenable } from '../errors/async';
import type { Operation } from '../model/model';
import { templateOf } from '../model/operation-name';
import { traceOf, type TraceMessage } from '../process/trace';
import { exchangeOf } from './exchange-of';
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
  const { name } = operation.root;
  return function (request, reply) {
    const message: TraceMessage = {
      name,
      operation: templateOf(operation),
      request: exchangeOf(request, reply, operation, exchange).request,
    };
    const fail = (error: unknown): never => {
      failed.set(request, AsyncLocalStorage.snapshot() as Run);
      throw error;
    };
    const run = (): unknown => {
      try {
        const result: unknown = handler.call(this, request, reply);
        return isThenable(result) ? result.then(undefined, fail) : result;
      } catch (error) {
        return fail(error);
      }
    };
    reply.raw.once('finish', () => (message.status = reply.raw.statusCode));
    return trace(message, run, reply.raw);
  };
}

/** Answers the error of a request where it happened: Fastify hands it over outside of its trace. */
export function insideTrace<T>(request: FastifyRequest, answer: () => T): T {
  const run = failed.get(request);
  return run === undefined ? answer() : run(answer);
}
