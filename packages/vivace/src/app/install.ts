import type { FastifyInstance } from 'fastify';
import { compileGuard, compileOperation, compileSocket } from '../compile/compile';
import type { Runtime } from '../compile/runtime';
import { allVersions } from '../model/api-version';
import { checked } from '../model/guard';
import type { Guard as GuardModel } from '../model/model';
import { originOf, urlsOf, type Names } from './url-for';
import type { Application } from './application';
import { Deadlines } from '../http/deadlines';
import { documentOf, type DocumentFor } from '../docs/docs';
import { checkDocsPaths, serveDocs, type Serve } from '../docs/serve-docs';
import { docsSettings } from '../docs/docs-settings';
import { ErrorAnswers } from '../http/error-answers';
import type { RouteContext } from '../http/route-context';
import type { OpenApplication } from './open-application';
import { registerPlugin } from './plugins';
import { rulesWith } from '../http/injected-handlers';
import { answerError, pipelineHandler, type ServeOptions } from '../http/pipeline';
import { LoopMonitor } from '../process/loop-monitor';
import { mountsOf } from '../mount/mounts';
import { tellOfUnreadAnswers, untrustedProxies, warnOfUnusualRoutes } from './boot-checks';
import { KnownPaths } from '../http/known-paths';
import { ownRoute } from '../http/route-context';
import type { Pending } from '../http/pending';
import type { RootPath } from '../http/root-path';
import { routes } from '../http/routes';
import { behindGuards, guarded, type Guard } from '../http/guarding';
import type { MountedApps } from '../http/mounted-apps';
import { warnOfUnverified } from './unverified-schemes';
import { SocketAnswers } from '../websocket/answers';
import { messageConstraints } from '../websocket/message-constraints';
import { MessageTypes } from '../websocket/messages';
import { WebSockets } from '../websocket/websockets';

/** What the applications of one server have in common. */
export interface ServerContext {
  readonly pending: Pending;
  readonly mountedApps: MountedApps;
  /** Hosts that redirects and addresses may name. */
  readonly allowedHosts: readonly string[];
  readonly open: ReadonlyMap<Application, OpenApplication>;
}

/** An application that has a place in a server. */
export interface Installed {
  readonly document: DocumentFor;
  readonly runtime: Runtime;
}

/** Adds the routes of an application, its documents and its files to a Fastify instance of its own. */
export async function install(
  instance: FastifyInstance,
  application: Application,
  rootPath: RootPath,
  names: Names,
  { pending, open, mountedApps, allowedHosts }: ServerContext,
  around: readonly Guard[],
): Promise<Installed> {
  const { recorded, behaviour, prefix, host, middleware } = application;
  const { model, builder, constraintsOf } = application.built;
  const { runtime, singletons, store } = open.get(application)!;
  const deadlines = new Deadlines(behaviour.handlerTimeout);
  pending.watch(deadlines);
  const monitor =
    behaviour.blocked === 0
      ? undefined
      : new LoopMonitor(behaviour.blocked, instance.log, () => deadlines.names());
  instance.addHook('onClose', async () => monitor?.stop());
  const options: ServeOptions = {
    exchange: {
      paths: mountedApps.paths,
      store,
      noteProxy: untrustedProxies(recorded.options.trustProxy !== undefined, instance.log),
      body: behaviour,
      rootPath,
      urlFor: (request) => urlsOf(names, originOf(request, allowedHosts) + rootPath(request)),
    },
    errors: new ErrorAnswers(behaviour.errors),
    pending,
    deadlines,
    monitor,
  };
  const ready = rulesWith(runtime);
  const outside: RouteContext = {
    operation: undefined,
    exceptions: ready(model.exceptions),
    middleware,
  };
  const known = new KnownPaths(behaviour.trailingSlash, mountedApps.paths);
  warnOfUnverified(model, instance.log);
  warnOfUnusualRoutes(model, instance.log);
  tellOfUnreadAnswers(model, instance.log);
  const behind = (guard: GuardModel | undefined): readonly Guard[] =>
    guard === undefined ? around : [...around, compileGuard(guard, runtime).handle];
  let pluginGuards: readonly Guard[] | undefined;
  mountedApps.add({
    prefix,
    host,
    outside,
    options,
    known,
    guards: () => (pluginGuards ??= behind(checked(model.pluginGuard, middleware))),
    mounts: mountsOf(
      { ...recorded, prefix, guardsOf: (place) => behind(model.guards.get(place)) },
      instance.log,
    ),
  });
  known.watch(instance);
  const docs = docsSettings(recorded.options);
  checkDocsPaths(model, docs);
  const document = await documentOf(model, recorded.options, docs, instance);
  const versions = allVersions(model.operations);
  const docsGuard =
    model.docsGuard === undefined ? [] : [compileGuard(model.docsGuard, runtime).handle];
  serveDocs(
    servingThrough(instance, outside, options, docsGuard),
    rootPath,
    docs,
    versions,
    document,
    recorded.options.title ?? 'Vivace',
  );
  for (const registration of recorded.plugins) registerPlugin(instance, registration);
  const operations = model.operations.map((operation) => {
    const compiled = compileOperation(operation, runtime);
    return {
      operation: { ...operation, exceptions: ready(operation.exceptions) },
      compiled: () => behindGuards(compiled(), around),
    };
  });
  instance.register(routes(operations, options));
  if (model.sockets.length > 0) {
    const sockets = model.sockets.map((operation) => ({
      operation: { ...operation, exceptions: ready(operation.exceptions) },
      compiled: behindGuards(compileSocket(operation, runtime), around),
    }));
    const serve = { ...options, errors: new SocketAnswers(behaviour.errors) };
    new WebSockets(sockets, {
      ...behaviour.webSockets,
      serve,
      types: new MessageTypes(builder, (schema) =>
        messageConstraints(constraintsOf(schema), runtime, (nodes) => singletons.open(nodes)),
      ),
    }).register(instance);
  }
  return { document, runtime };
}

/** Routes of the framework's own answer through the middleware of the application. */
function servingThrough(
  instance: FastifyInstance,
  outside: RouteContext,
  options: ServeOptions,
  guards: readonly Guard[],
): Serve {
  return (url, answer, access = 'guarded') =>
    instance.route({
      method: 'GET',
      url,
      schema: { hide: true },
      config: ownRoute(outside),
      prefixTrailingSlash: 'slash',
      handler: pipelineHandler(
        () => outside,
        options,
        'application/json',
        (request, exchange) =>
          guarded(access === 'guarded' ? guards : [], request, exchange, () => answer(request)),
      ),
      errorHandler: (error, request, reply) => answerError(error, request, reply, outside, options),
    });
}
