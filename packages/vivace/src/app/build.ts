import fastify, { type FastifyInstance } from 'fastify';
import type { BuildOptions } from '../declare/options/application-options';
import type { Override } from '../declare/provide';
import { ErrorAnswers } from '../http/error-answers';
import { MountedApps } from '../http/mounted-apps';
import { Pending } from '../http/pending';
import { guardProtocol, unparsed, unroutable } from '../http/protocol';
import { giveUpStalled } from '../http/slow-clients';
import { isHandshake } from '../http/upgrade-routing';
import type { Purpose } from '../model/build';
import { refuseUnknownHost } from '../docs/views';
import { Drain } from '../process/drain';
import type { Duties } from '../process/duties';
import { MemoryRooms } from '../websocket/rooms';
import { all, applicationOf, type Application } from './application';
import type { AppDeclaration } from './declaration';
import { ServerEntry } from './entries';
import { checkNames, entriesNamed } from './named-entries';
import { Health, registerProbes } from './health';
import type { ServerContext } from './install';
import { jobRunner } from './job';
import { Singletons } from './lifespan';
import { OpenApplication } from './open-application';
import { checkPlan, isOneOfSeveral } from './plan';
import { Runs } from './runs';
import { checkStores } from './shared-stores';
import { serveHttp, serveNothing } from './serve';
import { BuiltServer } from './server';
import { fastifyOptions, pathReaderOf } from './server-options';
import { namesOf, urlsOf } from './url-for';
import { ExtensionWork } from './work';
import { Works } from './works';

/** What a server is built for, other than to answer requests. */
interface ServerPurpose extends Purpose, Partial<Duties> {
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
  const { base, inherited = [], opens = true, http = true, work = true, only } = purpose;
  const application = applicationOf(declared, options, purpose);
  const { recorded } = application;
  const applications = all(application);
  checkNames(only, applications);
  const entries = new Map(
    applications.map((one) => [
      one,
      one.built.model.entries.map((entry) => new ServerEntry(entry)),
    ]),
  );
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
  const { log } = instance;
  const rooms = base?.rooms ?? new MemoryRooms();
  const runs = new Runs();
  const open = new Map<Application, OpenApplication>();
  for (const [index, [one, own]] of [...entries].entries()) {
    const { startupTimeout } = one.behaviour;
    const shared = base?.singletons[index];
    const singletons = new Singletons(rooms, log, startupTimeout, env, shared);
    const outermost = open.get(application);
    open.set(one, new OpenApplication(one, singletons, own, rooms, runs, log, outermost));
  }
  const singletons = [...open.values()].map((one) => one.singletons);
  const variant = (more: readonly Override[]): Promise<BuiltServer<State>> =>
    buildServer(
      declared,
      { ...options, overrides: more },
      { ...purpose, inherited: [...inherited, ...overrides], base: { rooms, singletons } },
    );
  try {
    if (opens && base === undefined) checkPlan(entries, options, { http, work }, log);
    if (opens) for (const one of open.values()) await openAll(one, runs, instance);
    if (opens && isOneOfSeveral([...entries.keys()], options, { http, work }))
      checkStores([...entries.keys()], (one) => open.get(one)?.store?.shared === true);
    const { allowedHosts } = application.behaviour;
    const shared = { pending: new Pending(), open, mountedApps, allowedHosts };
    return await serverOf<State>(application, instance, shared, { variant, runs, http, only });
  } catch (error) {
    await instance.close();
    await closeAll(singletons);
    throw error;
  }
}

async function openAll(
  { application, singletons, entries, runtime }: OpenApplication,
  runs: Runs,
  { log }: FastifyInstance,
): Promise<void> {
  await singletons.open(application.built.model.singletons);
  for (const entry of entries) entry.open(runtime, runs, log);
}

async function serverOf<State>(
  application: Application,
  instance: FastifyInstance,
  shared: ServerContext,
  {
    variant,
    runs,
    http,
    only,
  }: Pick<ServerPurpose, 'only'> & {
    readonly variant: BuiltServer<State>['variant'];
    readonly runs: Runs;
    readonly http: boolean;
  },
): Promise<BuiltServer<State>> {
  const { built, behaviour, recorded } = application;
  const document = http ? await serveHttp(instance, application, shared) : serveNothing(instance);
  const opened = [...shared.open.values()];
  const { runtime, jobs, singletons } = shared.open.get(application)!;
  const works = new Works(
    opened.flatMap((one) => worksOf(one, instance, only)),
    instance.log,
  );
  const checks = mapValues(built.model.checks, (check) => jobRunner(check, runtime, instance.log));
  const health = new Health(checks, works, instance.log);
  const { health: asked = true } = recorded.options;
  if (asked !== false) health.register(instance, asked === true ? {} : asked);
  registerProbes(instance, recorded.options.extensions ?? []);
  await instance.ready();
  const drain = new Drain(instance.server);
  if (instance.server.listenerCount('upgrade') > 0) drain.watchUpgrades();
  return new BuiltServer<State>({
    fastify: instance,
    state: (built.model.lifespan === undefined
      ? undefined
      : singletons.values.get(built.model.lifespan)) as State,
    pending: shared.pending,
    drain,
    health,
    works,
    runs,
    variant,
    shutdownTimeout: behaviour.shutdownTimeout,
    urlFor: urlsOf(namesOf(application), behaviour.rootPath),
    openapi: (view) => {
      refuseUnknownHost(built.model.operations, view);
      return document('', view);
    },
    run: (job) => jobs.run(job),
    closeSingletons: () => closeAll(opened.map((one) => one.singletons)),
  });
}

function worksOf(
  { application, host }: OpenApplication,
  { log }: FastifyInstance,
  only: ServerPurpose['only'],
): ExtensionWork[] {
  const named = { ...host, entries: entriesNamed(only, host.entries) };
  return (application.recorded.options.extensions ?? []).flatMap(({ name, work }) =>
    work === undefined
      ? []
      : [new ExtensionWork({ extension: name, begin: work, host: named, log })],
  );
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
