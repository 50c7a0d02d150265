import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Middleware } from '../declare/options/layer-options';
import { API_VERSION } from '../model/api-version';
import { HTTPException } from '../errors/http-exception';
import { Response } from '../responses/response';
import { versionOfRoute } from './api-versions';
import { type RouteContext, contextOfRoute } from './route-context';
import { rawPathOf, type PathReader } from './path-reader';
import { patternOf } from './route-pattern';
import { UPGRADE_ROUTE, upgradeOf } from './upgrade-routing';

interface KnownPath {
  readonly pattern: RegExp;
  /** What stands around each method; nothing of ours around the routes of plain Fastify plugins. */
  readonly methods: Map<string, RouteContext | undefined>;
  socket: boolean;
  readonly versions: Set<string>;
}

/** The paths of a server, to tell a wrong method from a wrong path. */
export class KnownPaths {
  readonly #known = new Map<string, KnownPath>();

  readonly #trailingSlash: 'redirect' | 'ignore' | 'strict';

  readonly #paths: PathReader;

  constructor(trailingSlash: 'redirect' | 'ignore' | 'strict', paths: PathReader) {
    this.#trailingSlash = trailingSlash;
    this.#paths = paths;
  }

  /** Takes notice of every route that is added from here on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method, config, constraints }) => {
      const known = this.#known.get(url) ?? {
        pattern: patternOf(url, this.#paths.rules),
        methods: new Map(),
        socket: false,
        versions: new Set<string>(),
      };
      const version = versionOfRoute(constraints);
      if (version !== undefined) known.versions.add(version);
      if (constraints?.['upgrade'] === UPGRADE_ROUTE.upgrade) known.socket = true;
      else for (const one of [method].flat()) known.methods.set(one, contextOfRoute(config));
      this.#known.set(url, known);
    });
  }

  /** Answers a request that no route takes: 405, or the redirect to the path with or without its last slash; undefined if there is nothing. */
  answer(request: FastifyRequest, base: (request: FastifyRequest) => string): Response | undefined {
    // A handshake is for a path with a WebSocket, or for none.
    if (upgradeOf(request.raw) !== undefined) throw new HTTPException(404);
    const path = rawPathOf(request.url);
    const methods = [...this.#methodsAt(path).keys()].toSorted();
    // The path has the method, but for another host or in other versions.
    if (methods.includes(request.method)) throw this.#unmatched(path);
    if (methods.length > 0)
      throw new HTTPException(405, undefined, { headers: { allow: methods.join(', ') } });
    if (request.method === 'GET' && this.#at(path).some(({ socket }) => socket))
      throw upgradeRequired();
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (this.#trailingSlash !== 'redirect' || path === '/' || this.#methodsAt(other).size === 0)
      return undefined;
    return redirectTo(request, other, base);
  }

  /**
   * The middleware around a request that no route takes: that of the path, if the path is known.
   *
   * So the `cors()` of a controller answers the preflight of its operations, which is a request by another method.
   */
  middlewareAt(request: FastifyRequest): readonly Middleware[] | undefined {
    const methods = this.#methodsAt(rawPathOf(request.url));
    const wanted = String(request.headers['access-control-request-method']);
    return (methods.get(wanted) ?? [...methods.values()].find((place) => place !== undefined))
      ?.middleware;
  }

  #unmatched(path: string): HTTPException {
    const versions = this.#at(path).flatMap((known) => [...known.versions]);
    if (versions.length === 0) return new HTTPException(404);
    return new HTTPException(406, `There is no such version; there are ${versions.join(', ')}`, {
      headers: { vary: API_VERSION },
    });
  }

  #methodsAt(path: string): Map<string, RouteContext | undefined> {
    return new Map(this.#at(path).flatMap(({ methods }) => [...methods]));
  }

  #at(path: string): KnownPath[] {
    const read = this.#paths.read(path);
    return [...this.#known.values()].filter(({ pattern }) => pattern.test(read));
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

/** Leads to another path of this server with the same query: more than one slash at its start would lead to another one. */
export function redirectTo(
  request: FastifyRequest,
  path: string,
  base: (request: FastifyRequest) => string,
): Response {
  return new Response(null, {
    status: 307,
    headers: {
      location:
        base(request) +
        path.replace(/^[/\\]+/, '/') +
        request.url.slice(rawPathOf(request.url).length),
    },
  });
}
