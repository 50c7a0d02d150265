import type { RouteHandlerMethod } from 'fastify';
import type { Operation } from '../model/model';
import { templateOf } from '../model/operation-name';
import { traceOf, type TraceMessage } from '../process/trace';
import { exchangeOf } from './exchange-of';
import type { ServeOptions } from './pipeline';

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
    reply.raw.once('finish', () => (message.status = reply.raw.statusCode));
    return trace(message, () => handler.call(this, request, reply), reply.raw);
  };
}
