import { types as functions } from 'node:util';
import type {
  FastifyInstance,
  FastifyPluginAsync,
  FastifyPluginCallback,
  FastifyPluginOptions,
} from 'fastify';

/** A plugin of Fastify, in any of its forms. */
export type Plugin<Options extends FastifyPluginOptions> =
  FastifyPluginCallback<Options> | FastifyPluginAsync<Options>;

/** The options of a plugin, or a function that gives them when those before it are there. */
export type PluginOptions<Options> = Options | ((fastify: FastifyInstance) => Options);

/** One call of `app.plugin(…)`. */
export interface Registration {
  readonly plugin: Function;
  readonly options: PluginOptions<FastifyPluginOptions> | undefined;
  /** Whether its routes are documented only where their schema says `hide: false`. */
  readonly hidden?: boolean;
}

const SKIP_OVERRIDE = Symbol.for('skip-override');

/** Registers a plugin for the routes of the application; one that has a prefix gets a context of its own, as in Fastify. */
export function registerPlugin(
  fastify: FastifyInstance,
  { plugin, options = {}, hidden = false }: Registration,
): void {
  const hasContext = typeof options === 'object' && options['prefix'] !== undefined;
  const registered = hasContext ? plugin : shared(plugin);
  if (hidden) registerHidden(fastify, registered);
  else fastify.register(registered as FastifyPluginAsync, options);
}

/** The routes that are added while the plugin loads are its own, in whatever context they stand. */
function registerHidden(fastify: FastifyInstance, plugin: Function): void {
  let loads = false;
  fastify.addHook('onRoute', (route) => {
    if (loads && route.schema?.hide === undefined) route.schema = { ...route.schema, hide: true };
  });
  fastify
    .register(shared(() => (loads = true)) as FastifyPluginAsync)
    .register(plugin as FastifyPluginAsync)
    .after(() => (loads = false));
}

/** What a plain function adds would count for its own routes only. */
function shared(plugin: Function): Function {
  // Fastify refuses an asynchronous function with a callback, in its own words.
  if (SKIP_OVERRIDE in plugin || (functions.isAsyncFunction(plugin) && plugin.length > 2))
    return plugin;
  const run = (fastify: FastifyInstance, ...given: unknown[]): unknown => {
    const result: unknown = plugin(fastify, ...given);
    // `(fastify) => fastify.register(…)` gives the instance, which is ready only when its plugins are.
    return result === fastify ? undefined : result;
  };
  const own =
    plugin.length > 2
      ? (fastify: FastifyInstance, options: unknown, done: unknown) =>
          void run(fastify, options, done)
      : async (fastify: FastifyInstance, options: unknown) => run(fastify, options);
  return Object.assign(own, { [SKIP_OVERRIDE]: true });
}
