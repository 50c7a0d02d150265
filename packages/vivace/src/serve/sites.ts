import type { FastifyRequest } from 'fastify';
import type { Place, ServeOptions } from './layers';
import type { Mount } from './mount/mount';
import type { KnownPaths } from './not-found';

/** An application at its place in a server, with what answers where no route does. */
export interface Site {
  /** What its paths begin with: empty for the one that is served. */
  readonly prefix: string;
  /** What the requested host has to fit. */
  readonly host: RegExp | undefined;
  /** What stands around answers that no path operation gives. */
  readonly outside: Place;
  readonly options: ServeOptions;
  readonly known: KnownPaths;
  /** Those with the longest paths first. */
  readonly mounts: readonly Mount[];
}

/** The applications of one server. */
export class Sites {
  readonly #sites: Site[] = [];

  /** Adds an application after the one around it. */
  add(site: Site): void {
    this.#sites.unshift(site);
    this.#sites.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** The innermost application that a request belongs to. */
  of({ originalUrl, headers }: FastifyRequest): Site {
    return this.#sites.find(
      ({ prefix, host }) => isBelow(originalUrl, prefix) && fits(headers.host, host),
    )!;
  }
}

/** Whether the host that a request names is the one that is asked for. */
export function fits(host: string | undefined, pattern: RegExp | undefined): boolean {
  return pattern === undefined || (host ?? '').search(pattern) >= 0;
}

/** Whether a path, or an address with its query, is a prefix or goes on behind it. */
export function isBelow(path: string, prefix: string): boolean {
  return (
    path.startsWith(prefix) &&
    (path.length === prefix.length || prefix === '' || '/?#'.includes(path[prefix.length]!))
  );
}
