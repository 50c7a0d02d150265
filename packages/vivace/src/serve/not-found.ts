import type {
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
} from 'fastify';
import type { Middleware } from '../declare/shared';
import { API_VERSION } from '../model/api-version';
import { HTTPException } from '../errors/http-exception';
import { Response } from '../responses/response';
import { versionOfRoute } from './api-versions';
import type { RequestExchange } from './exchange';
import { withAnyMediaType } from './any-media-type';
import { answerError, layeredHandler, type Place } from './layers';
import { placeOfRoute } from './own-routes';
import { PreflightHints } from './preflight-hints';
import { pathOf } from './request';
import { fits, isBelow, type Sites } from './sites';
import { UPGRADE_ROUTE, upgradeOf } from './websocket/upgrade';

interface KnownPath {
  readonly pattern: RegExp;
  /** What stands around each method; nothing of ours around the routes of plain Fastify plugins. */
  readonly methods: Map<string, Place | undefined>;
  socket: boolean;
  readonly versions: Set<string>;
}

/** The paths of a server, to tell a wrong method from a wrong path. */
export class KnownPaths {
  private readonly paths = new Map<string, KnownPath>();

  constructor(private readonly trailingSlash: 'redirect' | 'ignore' | 'strict') {}

  /** Takes notice of every route that is added from here on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method, config, constraints }) => {
      const known = this.paths.get(url) ?? {
        pattern: patternOf(url),
        methods: new Map(),
        socket: false,
        versions: new Set<string>(),
      };
      const version = versionOfRoute(constraints);
      if (version !== undefined) known.versions.add(version);
      if (constraints?.['upgrade'] === UPGRADE_ROUTE.upgrade) known.socket = true;
      else for (const one of [method].flat()) known.methods.set(one, placeOfRoute(config));
      this.paths.set(url, known);
    });
  }

  /** Answers a request that no route takes: 405, or the redirect to the path with or without its last slash; undefined if there is nothing. */
  answer(request: FastifyRequest, base: (request: FastifyRequest) => string): Response | undefined {
    // A handshake is for a path with a WebSocket, or for none.
    if (upgradeOf(request.raw) !== undefined) throw new HTTPException(404);
    const path = pathOf(request.url);
    const methods = [...this.methodsAt(path).keys()].toSorted();
    // The path has the method, but for another host or in other versions.
    if (methods.includes(request.method)) throw this.unmatched(path);
    if (methods.length > 0)
      throw new HTTPException(405, undefined, { headers: { allow: methods.join(', ') } });
    if (request.method === 'GET' && this.at(path).some(({ socket }) => socket))
      throw upgradeRequired();
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (this.trailingSlash !== 'redirect' || path === '/' || this.methodsAt(other).size === 0)
      return undefined;
    return redirectTo(request, other, base);
  }

  /**
   * The middleware around a request that no route takes: that of the path, if the path is known.
   *
   * So the `cors()` of a controller answers the preflight of its operations, which is a request by another method.
   */
  middlewareAt(request: FastifyRequest): readonly Middleware[] | undefined {
    const methods = this.methodsAt(pathOf(request.url));
    const wanted = String(request.headers['access-control-request-method']);
    return (methods.get(wanted) ?? [...methods.values()].find((place) => place !== undefined))
      ?.middleware;
  }

  private unmatched(path: string): HTTPException {
    const versions = this.at(path).flatMap((known) => [...known.versions]);
    if (versions.length === 0) return new HTTPException(404);
    return new HTTPException(406, `There is no such version; there are ${versions.join(', ')}`, {
      headers: { vary: API_VERSION },
    });
  }

  private methodsAt(path: string): Map<string, Place | undefined> {
    return new Map(this.at(path).flatMap(({ methods }) => [...methods]));
  }

  private at(path: string): KnownPath[] {
    const decoded = decodedPath(path);
    return [...this.paths.values()].filter(({ pattern }) => pattern.test(decoded));
  }
}

/** A client that is no WebSocket, or a proxy that takes the header away. */
function upgradeRequired(): HTTPException {
  return new HTTPException(
    426,
    'This path is a WebSocket: connect with ws:// or wss://, and let proxies pass Connection and Upgrade on',
    {
      headers: { upgrade: 'websocket', connection: 'Upgrade' },
    },
  );
}

function decodedPath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Parameters of Fastify's paths: `:name`, `:name(pattern)`, and `*` at the end. */
export function patternOf(url: string): RegExp {
  const source = url
    .split(/(::|:\w+(?:\([^)]*\))?\??|\*$)/)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : placeholderPattern(part),
    )
    .join('');
  return new RegExp(`^${source}$`, 's');
}

function placeholderPattern(part: string): string {
  if (part === '::') return ':';
  if (part === '*') return '.*';
  const own = /\((.*)\)/.exec(part)?.[1];
  return own === undefined ? '[^/]+' : `(?:${own.replace(/^\^/, '').replace(/\$$/, '')})`;
}

/** Leads to another path with the same query. */
function redirectTo(
  request: FastifyRequest,
  path: string,
  base: (request: FastifyRequest) => string,
): Response {
  return new Response(null, {
    status: 307,
    headers: { location: base(request) + path + request.url.slice(pathOf(request.url).length) },
  });
}

/** Answers an error that belongs to no route, such as an address that is malformed. */
export function answerOutside(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  sites: Sites,
): Promise<unknown> {
  const { outside, options } = sites.of(request);
  return answerError(error, request, reply, outside, options);
}

/** Answers what no route takes: a wrong method, a slash too much or too few, what is mounted, or 404. */
export function unknownPaths(
  sites: Sites,
  base: (request: FastifyRequest) => string,
): FastifyPluginCallback {
  const answer = async (request: FastifyRequest, exchange: RequestExchange): Promise<Response> => {
    const { known, mounts } = sites.of(request);
    const found = known.answer(request, base);
    if (found !== undefined) return found;
    const { url, headers } = request;
    const mount = mounts.find(({ path, host }) => isBelow(url, path) && fits(headers.host, host));
    if (mount === undefined) throw new HTTPException(404);
    const rest = url.slice(mount.path.length);
    return mount.answer({
      request,
      exchange,
      rest,
      withSlash: () => redirectTo(request, `${pathOf(url)}/`, base),
    });
  };
  return (fastify, _, done) => {
    const hints =
      process.env['NODE_ENV'] === 'production' ? undefined : new PreflightHints(fastify.log);
    // A body that nobody asked for is not parsed.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    const handler: RouteHandlerMethod = function (request, reply) {
      const { known, outside, options } = sites.of(request);
      const place = { ...outside, middleware: known.middlewareAt(request) ?? outside.middleware };
      hints?.note(request, place.middleware);
      return layeredHandler(() => place, options, 'application/json', answer).call(
        this,
        request,
        reply,
      );
    };
    fastify.setErrorHandler(
      withAnyMediaType(handler, (error, request, reply) =>
        answerOutside(error, request, reply, sites),
      ),
    );
    fastify.setNotFoundHandler(handler);
    done();
  };
}
