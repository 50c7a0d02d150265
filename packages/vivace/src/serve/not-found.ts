import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { Middleware } from '../declare/shared';
import { HTTPException } from '../errors/http-exception';
import { Response } from '../responses/response';
import { answerError, layeredHandler, type Place, type ServeOptions } from './layers';
import { placeOfRoute } from './own-routes';
import { pathOf } from './request';

interface KnownPath {
  readonly pattern: RegExp;
  /** What stands around each method; nothing of ours around the routes of plain Fastify plugins. */
  readonly methods: Map<string, Place | undefined>;
}

/** The paths of a server, to tell a wrong method from a wrong path. */
export class KnownPaths {
  private readonly paths = new Map<string, KnownPath>();

  constructor(private readonly trailingSlash: 'redirect' | 'ignore' | 'strict') {}

  /** Takes notice of every route that is added from here on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method, config }) => {
      const known = this.paths.get(url) ?? { pattern: patternOf(url), methods: new Map() };
      for (const one of [method].flat()) known.methods.set(one, placeOfRoute(config));
      this.paths.set(url, known);
    });
  }

  /** What a request that no route takes is answered with; throws 404 or 405. */
  answer(request: FastifyRequest, base: (request: FastifyRequest) => string): Response {
    const path = pathOf(request.url);
    const methods = [...this.methodsAt(path).keys()].toSorted();
    if (methods.length > 0) throw new HTTPException(405, undefined, { headers: { allow: methods.join(', ') } });
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (this.trailingSlash !== 'redirect' || path === '/' || this.methodsAt(other).size === 0) throw new HTTPException(404);
    return new Response(null, { status: 307, headers: { location: base(request) + other + request.url.slice(path.length) } });
  }

  /**
   * The middleware around a request that no route takes: that of the path, if the path is known.
   *
   * So the `cors()` of a controller answers the preflight of its operations, which is a request by another method.
   */
  middlewareAt(request: FastifyRequest): readonly Middleware[] | undefined {
    const methods = this.methodsAt(pathOf(request.url));
    const wanted = String(request.headers['access-control-request-method']);
    return (methods.get(wanted) ?? [...methods.values()].find((place) => place !== undefined))?.middleware;
  }

  private methodsAt(path: string): Map<string, Place | undefined> {
    const decoded = decodedPath(path);
    return new Map([...this.paths.values()].filter(({ pattern }) => pattern.test(decoded)).flatMap(({ methods }) => [...methods]));
  }
}

function decodedPath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Parameters of Fastify's paths: `:name`, `:name(pattern)`, and `*` at the end. */
function patternOf(url: string): RegExp {
  const source = url
    .split(/(::|:\w+(?:\([^)]*\))?\??|\*$)/)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : part === '::' ? ':' : part === '*' ? '.*' : '[^/]+',
    )
    .join('');
  return new RegExp(`^${source}$`, 's');
}

/** Answers what no route takes: 404, 405, or the redirect to the path with or without its last slash. */
export function unknownPaths(
  known: KnownPaths,
  place: Place,
  options: ServeOptions,
  origin: (request: FastifyRequest) => string,
): FastifyPluginCallback {
  return (fastify, _, done) => {
    // A body that nobody asked for is not parsed.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    fastify.setErrorHandler((error, request, reply) => answerError(error, request, reply, place, options));
    const placeOf = (request: FastifyRequest): Place => ({ ...place, middleware: known.middlewareAt(request) ?? place.middleware });
    fastify.setNotFoundHandler(layeredHandler(placeOf, options, 'application/json', (request) => known.answer(request, origin)) as never);
    done();
  };
}
