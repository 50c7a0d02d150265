import type { FastifyRequest } from 'fastify';
import type { Place, ServeOptions } from './layers';
import type { KnownPaths } from './not-found';
import type { StaticFiles } from './static-files';

/** An application at its place in a server, with what answers where no route does. */
export interface Site {
  /** What its paths begin with: empty for the one that is served. */
  readonly prefix: string;
  /** What stands around answers that no path operation gives. */
  readonly outside: Place;
  readonly options: ServeOptions;
  readonly known: KnownPaths;
  /** Those with the longest paths first. */
  readonly files: readonly StaticFiles[];
}

/** The applications of one server. */
export class Sites {
  readonly #sites: Site[] = [];

  /** Adds the application that is served, then those mounted in it. */
  add(site: Site): void {
    this.#sites.unshift(site);
    this.#sites.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** The innermost application that a path belongs to. */
  at(path: string): Site {
    return this.#sites.find(({ prefix }) => isBelow(path, prefix))!;
  }

  of(request: FastifyRequest): Site {
    return this.at(request.url);
  }
}

/** Whether a path, or an address with its query, is a prefix or goes on behind it. */
export function isBelow(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || prefix === '' || '/?#'.includes(path[prefix.length]!));
}
