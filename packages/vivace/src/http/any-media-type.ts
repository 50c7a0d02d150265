import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { isThenable } from '../errors/async';

type ErrorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;

/**
 * The error handler of a route whose handler is called in spite of a content type that Fastify does not take for one:
 * guards come before anything is said of the body, and the body is whatever its reader takes it for.
 */
export function withAnyMediaType(handler: RouteHandlerMethod, failed: ErrorHandler): ErrorHandler {
  return (error, request, reply) => {
    if ((error as { code?: unknown } | null)?.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
      return failed(error, request, reply);
    reply.code(200);
    try {
      const answer: unknown = handler.call(request.server, request, reply);
      return isThenable(answer)
        ? answer.then(undefined, (reason: unknown) => failed(reason, request, reply))
        : answer;
    } catch (reason) {
      return failed(reason, request, reply);
    }
  };
}
