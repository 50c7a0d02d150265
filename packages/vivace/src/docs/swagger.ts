import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { lazy } from '../schema/lazy';

type Swagger = FastifyInstance['swagger'];
type Hook = (subject: unknown) => unknown;

/** How plugins of Fastify say that they are there, for those that need them, and that they stand beside the routes. */
const META = {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: '@fastify/swagger',
  [Symbol.for('plugin-meta')]: { name: '@fastify/swagger', fastify: '5.x' },
};

/**
 * `@fastify/swagger`, which is loaded by the first who wants a document: with what it brings it has a hundred modules.
 * Until then this notes the routes and contexts that the plugin would have been told of.
 */
export async function registerSwagger(
  fastify: FastifyInstance,
  options: FastifyDynamicSwaggerOptions,
): Promise<void> {
  const routes: RouteOptions[] = [];
  const contexts: FastifyInstance[] = [];
  let isReady = false;
  const written = lazy(() => swaggerOf(fastify, options, contexts, routes));
  const plugin = (instance: FastifyInstance, _: unknown, done: () => void): void => {
    instance.addHook('onRoute', (route) => void routes.push(route));
    instance.addHook('onRegister', (context) => void contexts.push(context));
    instance.addHook('onReady', (next) => {
      isReady = true;
      next();
    });
    instance.decorate('swagger', ((asked: Parameters<Swagger>[0]) => {
      if (!isReady) throw new Error('.swagger() must be called after .ready()');
      return written()(asked);
    }) as Swagger);
    done();
  };
  await fastify.register(Object.assign(plugin, META));
}

/** The function of the plugin, told of what there is. */
function swaggerOf(
  fastify: FastifyInstance,
  options: FastifyDynamicSwaggerOptions,
  contexts: readonly FastifyInstance[],
  routes: readonly RouteOptions[],
): Swagger {
  const hooks = new Map<string, Hook>();
  let swagger: Swagger | undefined;
  const stage = {
    addHook: (name: string, hook: Hook) => hooks.set(name, hook),
    decorate: (_: string, made: Swagger) => (swagger = made),
    getSchemas: () => fastify.getSchemas(),
  };
  const { default: plugin } = require('@fastify/swagger') as typeof import('@fastify/swagger');
  const noop = (): void => {};
  void plugin(stage as unknown as FastifyInstance, options, noop);
  for (const context of contexts) hooks.get('onRegister')?.(context);
  for (const route of routes) hooks.get('onRoute')?.(route);
  hooks.get('onReady')?.(noop);
  return swagger!;
}
