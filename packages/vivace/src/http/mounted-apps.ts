import type { FastifyRequest } from 'fastify';
import type { RouteContext } from './route-context';
import type { ServeOptions } from './pipeline';
import type { Response } from '../responses/response';
import type { RequestExchange } from './exchange';
import type { Guard } from './guarding';
import type { KnownPaths } from './known-paths';
import type { PathReader } from './path-reader';

/** What answers below a path where no route does: files, and handlers that know nothing of Vivace. */
export interface Mount {
  /** Without a slash at its end. */
  readonly path: string;
  readonly host: RegExp | undefined;
  answer(asked: MountRequest): Response | Promise<Response>;
}

/** A request for a mount. */
export interface MountRequest {
  readonly request: FastifyRequest;
  readonly exchange: RequestExchange;
  /** Path and query behind the path of the mount, as they were sent; an empty path has no slash. */
  readonly rest: string;
  /** The answer that leads to the same address with a slash at the end of its path. */
  readonly withSlash: () => Response;
}

/** An application at its place in a server, with what answers where no route does. */
export interface MountedApp {
  /** What its paths begin with: empty for the one that is served. */
  readonly prefix: string;
  /** What the requested host has to fit. */
  readonly host: RegExp | undefined;
  /** What stands around answers that no path operation gives. */
  readonly outside: RouteContext;
  readonly options: ServeOptions;
  readonly known: KnownPaths;
  /** What has to agree before a route of a plain Fastify plugin. */
  readonly guards: () => readonly Guard[];
  /** Those with the longest paths first. */
  readonly mounts: readonly Mount[];
}

/** The applications of one server. */
export class MountedApps {
  readonly #mountedApps: MountedApp[] = [];

  readonly paths: PathReader;

  constructor(paths: PathReader) {
    this.paths = paths;
  }

  /** Adds an application after the one around it. */
  add(mountedApp: MountedApp): void {
    this.#mountedApps.unshift(mountedApp);
    this.#mountedApps.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  get all(): readonly MountedApp[] {
    return this.#mountedApps;
  }

  /** The innermost application that a request belongs to. */
  of({ url, headers }: FastifyRequest): MountedApp {
    const path = this.paths.read(url);
    return this.#mountedApps.find(
      ({ prefix, host }) => isBelow(path, prefix) && fits(headers.host, host),
    )!;
  }
}

/** Whether the host that a request names is the one that is asked for. */
export function fits(host: string | undefined, pattern: RegExp | undefined): boolean {
  return pattern === undefined || (host ?? '').search(pattern) >= 0;
}

/** Whether a path is a prefix or goes on behind it. */
export function isBelow(path: string, prefix: string): boolean {
  return (
    path.startsWith(prefix) &&
    (path.length === prefix.length || prefix === '' || path[prefix.length] === '/')
  );
}
