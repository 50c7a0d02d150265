import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { isThenable } from '../errors/async';

type ErrorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;

/** What Fastify says of a content type that is none, or that QUERY does not have. */
const OF_MEDIA_TYPES = ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE'];

/**
 * The error handler of a route whose handler is called in spite of a content type that Fastify does not take for one:
 * guards come before anything is said of the body, and the body is whatever its reader takes it for.
 */
export function withAnyMediaType(handler: RouteHandlerMethod, failed: ErrorHandler): ErrorHandler {
  return (error, request, reply) => {
    const { code = '' } = (error ?? {}) as { readonly code?: string };
    if (!OF_MEDIA_TYPES.includes(code)) return failed(error, request, reply);
    reply.code(200);
    try {
      const answer: unknown = handler.call(request.server, request, reply);
      return isThenable(answer)
        ? Promise.resolve(answer).then(undefined, (reason: unknown) =>
            failed(reason, request, reply),
          )
        : answer;
    } catch (reason) {
      return failed(reason, request, reply);
    }
  };
}
