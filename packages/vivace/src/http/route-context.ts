import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Middleware } from '../declare/options/layer-options';
import type { ExceptionRule } from '../model/layers';
import type { Operation, SocketOperation } from '../model/model';

/** What stands around an answer: a path operation, or the application where there is none. */
export interface RouteContext {
  readonly operation: Operation | undefined;
  readonly socket?: SocketOperation;
  readonly exceptions: readonly ExceptionRule[];
  readonly middleware: readonly Middleware[];
}

const CONTEXT = Symbol('vivace.route-context');
type Config = FastifyContextConfig & { readonly [CONTEXT]?: RouteContext };

/** The `config` of a route of ours: it leads through the middleware around it itself. */
export function ownRoute(context: RouteContext): Config {
  return { [CONTEXT]: context };
}

/** What stands around a route of ours; undefined for a route that a plain Fastify plugin added. */
export function contextOfRoute(config: FastifyContextConfig | undefined): RouteContext | undefined {
  return (config as Config | undefined)?.[CONTEXT];
}

export function isOwnRoute(request: FastifyRequest): boolean {
  return contextOfRoute(request.routeOptions.config) !== undefined;
}
