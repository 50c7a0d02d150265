import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { compileOperation, compileSocket } from '../compile/compile';
import { operationSource } from '../compile/operation-source';
import type { Runtime } from '../compile/exchange';
import type { RouteInfo, VivaceOptions } from '../declare/application';
import type { Middleware } from '../declare/shared';
import { buildModel, type Built } from '../model/build';
import type { Operation } from '../model/model';
import type { AppOptions, Inclusion } from '../model/options';
import { Response } from '../responses/response';
import { originOf, urlsOf } from './addresses';
import { docsOf, type Serve } from './docs';
import { Deadlines } from './deadlines';
import { ErrorAnswers } from './error-answers';
import { coverForeignRoutes } from './foreign-routes';
import { runJob } from './job';
import { answerError, layeredHandler, type Place, type ServeOptions } from './layers';
import { Singletons } from './lifespan';
import { KnownPaths, unknownPaths } from './not-found';
import { ownRoute } from './own-routes';
import { Pending } from './pending';
import { MemoryRooms } from './rooms';
import { routesOf } from './route-info';
import { routes } from './routes';
import { BuiltServer } from './server';
import { fastifyOptions, settled } from './server-options';
import { streamResponse } from './stream';
import { SocketAnswers } from './websocket-answers';
import { MessageTypes } from './websocket-messages';
import { isHandshake } from './websocket-upgrade';
import { WebSockets } from './websockets';

/** What an application has recorded. */
export interface Recorded {
  readonly options: VivaceOptions;
  readonly inclusions: readonly Inclusion[];
  readonly middleware: readonly Middleware[];
  readonly plugins: readonly ((fastify: FastifyInstance) => unknown)[];
}

/** Builds a server: model, singletons, functions, routes; `job` is a dependency that it will run. */
export async function buildServer<State>(recorded: Recorded, overrides: readonly unknown[], job?: unknown): Promise<BuiltServer<State>> {
  const built = buildModel(appOptions(recorded), overrides, job);
  const behaviour = settled(recorded.options);
  const instance: FastifyInstance = fastify(
    fastifyOptions(recorded.options, behaviour, (request) => isHandshake(instance.server, request)),
  );
  const rooms = new MemoryRooms();
  const singletons = new Singletons(rooms, instance.log);
  try {
    await singletons.open(built.model.singletons);
    return await serverOf<State>(recorded, built, behaviour, instance, singletons, rooms);
  } catch (error) {
    await instance.close();
    await singletons.close();
    throw error;
  }
}

async function serverOf<State>(
  recorded: Recorded,
  { model, builder, jobOf }: Built,
  behaviour: ReturnType<typeof settled>,
  instance: FastifyInstance,
  singletons: Singletons,
  rooms: MemoryRooms,
): Promise<BuiltServer<State>> {
  const { rootPath } = behaviour;
  const pending = new Pending();
  const urlFor = urlsOf(model, rootPath);
  const runtime: Runtime = { singletons: singletons.values, rooms, Response, stream: streamResponse };
  const options: ServeOptions = {
    exchange: { body: { ...behaviour, limit: behaviour.bodyLimit }, rootPath, urlFor },
    errors: new ErrorAnswers(behaviour.errors),
    pending,
    deadlines: new Deadlines(behaviour.handlerTimeout),
  };
  const outside: Place = { operation: undefined, exceptions: model.exceptions, middleware: recorded.middleware };
  const known = new KnownPaths(behaviour.trailingSlash);
  known.watch(instance);
  coverForeignRoutes(instance, outside, options);
  const docs = docsOf(model, recorded.options, instance);
  instance.register(unknownPaths(known, outside, options, (request) => originOf(request, behaviour.allowedHosts)));
  docs.register(instance, servingThrough(instance, outside, options), () => rootPath);
  for (const register of recorded.plugins) {
    const result = register(instance);
    if (result !== instance) await result;
  }
  const operations = model.operations.map((operation) => ({ operation, compiled: compileOperation(operation, runtime) }));
  instance.register(routes(operations, options));
  if (model.sockets.length > 0) {
    const sockets = model.sockets.map((operation) => ({ operation, compiled: compileSocket(operation, runtime) }));
    const serve = { ...options, errors: new SocketAnswers(behaviour.errors) };
    new WebSockets(sockets, { ...behaviour.webSockets, serve, types: new MessageTypes(builder) }).register(instance);
  }
  await instance.ready();
  return new BuiltServer<State>({
    fastify: instance,
    state: (model.lifespan === undefined ? undefined : singletons.values.get(model.lifespan)) as State,
    singletons,
    pending,
    urlFor,
    openapi: () => docs.document(rootPath),
    run: async <T>(dependency: unknown) => {
      const job = jobOf(dependency);
      await singletons.open(job.singletons);
      return (await runJob(job, runtime, instance.log)) as T;
    },
  });
}

/** Routes of the framework's own answer through the middleware of the application. */
function servingThrough(instance: FastifyInstance, outside: Place, options: ServeOptions): Serve {
  return (url, answer) =>
    instance.route({
      method: 'GET',
      url,
      schema: { hide: true } as never,
      config: ownRoute(outside),
      handler: layeredHandler(
        () => outside,
        options,
        'application/json',
        (request: FastifyRequest) => answer(request),
      ),
      errorHandler: (error, request, reply) => answerError(error, request, reply, outside, options),
    });
}

/** The part of the options that the model is built from. */
function appOptions({ options, inclusions, middleware }: Recorded): AppOptions {
  return { ...(options as AppOptions), inclusions, middleware };
}

export function routesOfApplication(recorded: Recorded): readonly RouteInfo[] {
  return routesOf(buildModel(appOptions(recorded), []).model);
}

/** The source of the function that is made for an operation, such as `'GET /items/:item_id'`. */
export function explainOperation(recorded: Recorded, name: string): string {
  const { model } = buildModel(appOptions(recorded), []);
  const [method = '', path = ''] = name.trim().split(/\s+/);
  const fits = (operation: Operation): boolean => operation.path === path && operation.methods.some((one) => one === method.toUpperCase());
  const operation = model.operations.find(fits);
  if (operation === undefined) {
    const known = model.operations.map((one) => `${one.methods[0]} ${one.path}`).join(', ');
    throw new RangeError(`explain('${name}'): there is no such operation; there are ${known}.`);
  }
  return operationSource(
    operation,
    compileOperation(operation, { singletons: new Map(), rooms: undefined, Response, stream: streamResponse }).source,
  );
}
