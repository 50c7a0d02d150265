import fastify, { type FastifyInstance } from 'fastify';
import { compileGuard } from '../compile/compile';
import type { BuildOptions } from '../declare/options/application-options';
import type { Override } from '../declare/provide';
import type { Purpose } from '../model/build';
import { namesOf, originOf, urlsOf } from './url-for';
import { acceptVersions } from '../http/api-versions';
import { all, applicationOf, type Application } from './application';
import type { AppDeclaration } from './declaration';
import { ErrorAnswers } from '../http/error-answers';
import { coverForeignRoutes } from '../mount/plain-fastify-routes';
import { guardPlainRoutes } from '../mount/plain-route-guards';
import { Drain } from '../process/drain';
import { install, type Installed, type ServerContext } from './install';
import { Health } from './health';
import { ServerEntry } from './entries';
import { jobRunner } from './job';
import { Jobs } from './jobs';
import { Singletons } from './lifespan';
import { unknownPaths } from '../http/unknown-paths';
import { patternOf } from '../http/route-pattern';
import { Pending } from '../http/pending';
import { giveUpStalled } from '../http/slow-clients';
import { guardProtocol, unparsed, unroutable } from '../http/protocol';
import { checkRooms, MemoryRooms } from '../websocket/rooms';
import { rootPathOf, type RootPath } from '../http/root-path';
import { fastifyPath } from '../http/routes';
import { planOf, workersOf } from './plan';
import { BuiltServer } from './server';
import { fastifyOptions, pathReaderOf } from './server-options';
import type { Guard } from '../http/guarding';
import { MountedApps } from '../http/mounted-apps';
import { checkStores } from './shared-stores';
import { acceptUpgrades, isHandshake } from '../http/upgrade-routing';

/** What a server is built for, other than to answer requests. */
interface ServerPurpose extends Purpose {
  /** False: only its document is wanted, so that settings are not read and singletons not opened. */
  readonly opens?: boolean;
  /** The server that this one is a variant of. */
  readonly base?: Base;
}
interface Base {
  readonly rooms: MemoryRooms;
  /** In the order of the applications. */
  readonly singletons: readonly Singletons[];
}

/** Builds a server: models, singletons, functions, routes. */
export async function buildServer<State>(
  declared: AppDeclaration,
  options: BuildOptions,
  purpose: ServerPurpose = {},
): Promise<BuiltServer<State>> {
  const { overrides = [], env } = options;
  const { base, inherited = [], opens = true } = purpose;
  const application = applicationOf(declared, options, purpose);
  const { recorded } = application;
  const applications = all(application);
  if (workersOf(options) > 1) {
    for (const { built } of applications) checkRooms(built.model);
    checkStores(application);
  }
  const entries = new Map(
    applications.map((one) => [
      one,
      one.built.model.entries.map((entry) => new ServerEntry(entry)),
    ]),
  );
  if (opens && base === undefined) checkExtensions(entries, options);
  const mountedApps = new MountedApps(pathReaderOf(recorded.options));
  const errors = new ErrorAnswers(application.behaviour.errors);
  const instance: FastifyInstance = fastify({
    frameworkErrors: unroutable(mountedApps),
    clientErrorHandler: unparsed(errors),
    ...fastifyOptions(recorded.options, application.behaviour, (request) =>
      isHandshake(instance.server, request),
    ),
  });
  guardProtocol(instance, mountedApps);
  giveUpStalled(instance.server, application.behaviour.stallTimeout, instance.log);
  const { allowedHosts } = application.behaviour;
  const rooms = base?.rooms ?? new MemoryRooms();
  const singletons = new Map(
    applications.map((one, index) => [
      one,
      new Singletons(
        rooms,
        instance.log,
        one.behaviour.startupTimeout,
        env,
        base?.singletons[index],
      ),
    ]),
  );
  const variant = (more: readonly Override[]): Promise<BuiltServer<State>> => {
    const shared = { rooms, singletons: [...singletons.values()] };
    return buildServer(
      declared,
      { ...options, overrides: more },
      { ...purpose, inherited: [...inherited, ...overrides], base: shared },
    );
  };
  try {
    if (opens)
      for (const [one, opened] of singletons) await opened.open(one.built.model.singletons);
    return await serverOf<State>(
      application,
      instance,
      singletons,
      { pending: new Pending(), rooms, mountedApps, allowedHosts, entries },
      variant,
    );
  } catch (error) {
    await instance.close();
    await closeAll(singletons.values());
    throw error;
  }
}

function checkExtensions(entries: ServerContext['entries'], options: BuildOptions): void {
  for (const [{ recorded }, own] of entries)
    for (const extension of recorded.options.extensions ?? [])
      extension.check?.(planOf(options, own));
}

async function serverOf<State>(
  application: Application,
  instance: FastifyInstance,
  singletons: ReadonlyMap<Application, Singletons>,
  shared: ServerContext,
  variant: BuiltServer<State>['variant'],
): Promise<BuiltServer<State>> {
  const { built, behaviour, recorded } = application;
  const sockets = all(application).flatMap(({ prefix, built: { model } }) =>
    model.sockets.map(({ path }) =>
      patternOf(prefix + fastifyPath(path), shared.mountedApps.paths.rules),
    ),
  );
  if (sockets.length > 0) acceptUpgrades(instance, sockets, shared.mountedApps.paths);
  acceptVersions(
    instance,
    all(application).flatMap(({ built: { model } }) => model.operations),
  );
  if (all(application).some(({ middleware }) => middleware.length > 0))
    coverForeignRoutes(instance, shared.mountedApps);
  if (all(application).some(({ built, guard }) => (guard ?? built.model.pluginGuard) !== undefined))
    guardPlainRoutes(instance, shared.mountedApps);
  const rootPath = rootPathOf(behaviour.rootPath, recorded.options.trustProxy);
  instance.register(
    unknownPaths(
      shared.mountedApps,
      (request) => originOf(request, behaviour.allowedHosts) + rootPath(request),
    ),
  );
  const { document, runtime } = await installAll(
    instance,
    application,
    rootPath,
    singletons,
    shared,
  );
  const health = new Health(
    mapValues(built.model.checks, (check) => jobRunner(check, runtime, instance.log)),
    instance.log,
  );
  const { health: asked = true } = recorded.options;
  if (asked !== false) health.register(instance, asked === true ? {} : asked);
  await instance.ready();
  const drain = new Drain(instance.server);
  if (instance.server.listenerCount('upgrade') > 0) drain.watchUpgrades();
  const own = singletons.get(application)!;
  const jobs = new Jobs(built.jobOf, own, runtime, instance.log);
  return new BuiltServer<State>({
    fastify: instance,
    state: (built.model.lifespan === undefined
      ? undefined
      : own.values.get(built.model.lifespan)) as State,
    pending: shared.pending,
    drain,
    health,
    variant,
    shutdownTimeout: behaviour.shutdownTimeout,
    urlFor: urlsOf(namesOf(application), behaviour.rootPath),
    openapi: (view) => document('', view),
    run: (job) => jobs.run(job),
    closeSingletons: () => closeAll(singletons.values()),
  });
}

/** An application, and below it those that are mounted. */
async function installAll(
  instance: FastifyInstance,
  application: Application,
  rootPath: RootPath,
  singletons: ReadonlyMap<Application, Singletons>,
  shared: ServerContext,
  around: readonly Guard[] = [],
): Promise<Installed> {
  const installed = await install(
    instance,
    application,
    singletons.get(application)!,
    rootPath,
    namesOf(application),
    shared,
    around,
  );
  for (const mounted of application.mounted) {
    const own = mounted.behaviour.rootPath;
    const below: RootPath = own === '' ? (request) => rootPath(request) + mounted.path : () => own;
    const guard = mounted.guard && compileGuard(mounted.guard, installed.runtime).handle;
    const guards = guard === undefined ? around : [...around, guard];
    const plugin = async (child: FastifyInstance): Promise<void> => {
      const { host } = mounted;
      if (host !== undefined)
        child.addHook(
          'onRoute',
          (route) => void (route.constraints = { ...route.constraints, host }),
        );
      await installAll(child, mounted, below, singletons, shared, guards);
    };
    instance.register(plugin, { prefix: mounted.path });
  }
  return installed;
}

function mapValues<T, R>(
  values: Readonly<Record<string, T>>,
  map: (value: T) => R,
): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

/** In the reverse order in which they were opened; every one, also where another fails. */
async function closeAll(singletons: Iterable<Singletons>): Promise<void> {
  const failures: unknown[] = [];
  for (const one of [...singletons].toReversed())
    await one.close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
