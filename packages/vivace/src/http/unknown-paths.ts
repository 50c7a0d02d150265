import type {
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
} from 'fastify';
import { HTTPException } from '../errors/http-exception';
import { isProduction } from '../declare/environment';
import { Response } from '../responses/response';
import type { RequestExchange } from './exchange';
import { withAnyMediaType } from './any-media-type';
import { answerError, pipelineHandler } from './pipeline';
import { PreflightHints } from './preflight-hints';
import { isAmbiguous, rawPathOf } from './path-reader';
import { fits, isBelow, type MountedApps } from './mounted-apps';

import { redirectTo } from './known-paths';

/** Answers an error that belongs to no route, such as an address that is malformed. */
export function answerOutside(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  mountedApps: MountedApps,
): unknown {
  const { outside, options } = mountedApps.of(request);
  return answerError(error, request, reply, outside, options);
}

/** Answers what no route takes: a wrong method, a slash too much or too few, what is mounted, or 404. */
export function unknownPaths(
  mountedApps: MountedApps,
  base: (request: FastifyRequest) => string,
): FastifyPluginCallback {
  const answer = async (request: FastifyRequest, exchange: RequestExchange): Promise<Response> => {
    const { known, mounts } = mountedApps.of(request);
    const found = known.answer(request, base);
    if (found !== undefined) return found;
    const { url, headers } = request;
    const { paths } = mountedApps;
    const read = paths.read(url);
    const mount = mounts.find(({ path, host }) => isBelow(read, path) && fits(headers.host, host));
    if (mount === undefined || isAmbiguous(url)) throw new HTTPException(404);
    const rest = paths.behind(url, mount.path);
    return mount.answer({
      request,
      exchange,
      rest,
      withSlash: () => redirectTo(request, `${rawPathOf(url)}/`, base),
    });
  };
  return (fastify, _, done) => {
    const hints = isProduction() ? undefined : new PreflightHints(fastify.log);
    // A body that nobody asked for is not parsed.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    const handler: RouteHandlerMethod = function (request, reply) {
      const { known, outside, options } = mountedApps.of(request);
      const place = { ...outside, middleware: known.middlewareAt(request) ?? outside.middleware };
      hints?.note(request, place.middleware);
      return pipelineHandler(() => place, options, 'application/json', answer).call(
        this,
        request,
        reply,
      );
    };
    fastify.setErrorHandler(
      withAnyMediaType(handler, (error, request, reply) =>
        answerOutside(error, request, reply, mountedApps),
      ),
    );
    fastify.setNotFoundHandler(handler);
    done();
  };
}
