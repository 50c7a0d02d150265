import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Place } from './layers';

const PLACE = Symbol('vivace.place');
type Config = FastifyContextConfig & { readonly [PLACE]?: Place };

/** The `config` of a route of ours: it leads through the middleware of its place itself. */
export function ownRoute(place: Place): Config {
  return { [PLACE]: place };
}

/** What stands around a route of ours; undefined for a route that a plain Fastify plugin added. */
export function placeOfRoute(config: FastifyContextConfig | undefined): Place | undefined {
  return (config as Config | undefined)?.[PLACE];
}

export function isOwnRoute(request: FastifyRequest): boolean {
  return placeOfRoute(request.routeOptions.config) !== undefined;
}
