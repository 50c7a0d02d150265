import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import { HTTPException } from '../errors/http-exception';
import { Response } from '../responses/response';
import { answerError, layeredHandler, type Place, type ServeOptions } from './layers';
import { pathOf } from './request';

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** The paths of a server, to tell a wrong method from a wrong path. */
export class KnownPaths {
  private readonly paths = new Map<string, KnownPath>();

  constructor(private readonly trailingSlash: 'redirect' | 'ignore' | 'strict') {}

  /** Takes notice of every route that is added from here on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const known = this.paths.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      for (const one of [method].flat()) known.methods.add(one);
      this.paths.set(url, known);
    });
  }

  /** What a request that no route takes is answered with; throws 404 or 405. */
  answer(request: FastifyRequest, base: (request: FastifyRequest) => string): Response {
    const path = pathOf(request.url);
    const methods = this.methodsAt(path);
    if (methods.length > 0) throw new HTTPException(405, undefined, { headers: { allow: methods.join(', ') } });
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (this.trailingSlash !== 'redirect' || path === '/' || this.methodsAt(other).length === 0) throw new HTTPException(404);
    return new Response(null, { status: 307, headers: { location: base(request) + other + request.url.slice(path.length) } });
  }

  private methodsAt(path: string): string[] {
    const decoded = decodedPath(path);
    const methods = new Set([...this.paths.values()].filter(({ pattern }) => pattern.test(decoded)).flatMap((known) => [...known.methods]));
    return [...methods].toSorted();
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
    fastify.setNotFoundHandler(layeredHandler(place, options, 'application/json', (request) => known.answer(request, origin)) as never);
    done();
  };
}
