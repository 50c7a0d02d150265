import type { FastifyInstance } from 'fastify';
import { compileGuard } from '../compile/compile';
import type { DocumentFor } from '../docs/docs';
import { acceptVersions } from '../http/api-versions';
import type { Guard } from '../http/guarding';
import type { RootPath } from '../http/root-path';
import { rootPathOf } from '../http/root-path';
import { patternOf } from '../http/route-pattern';
import { fastifyPath } from '../http/routes';
import { unknownPaths } from '../http/unknown-paths';
import { acceptUpgrades } from '../http/upgrade-routing';
import { coverForeignRoutes } from '../mount/plain-fastify-routes';
import { answerPlainFaults } from '../mount/plain-route-errors';
import { guardPlainRoutes } from '../mount/plain-route-guards';
import { all, type Application } from './application';
import { install, type Installed, type ServerContext } from './install';
import { namesOf, originOf } from './url-for';

/** Adds all that an application answers, and those that are mounted in it; gives its document. */
export async function serveHttp(
  instance: FastifyInstance,
  application: Application,
  shared: ServerContext,
): Promise<DocumentFor> {
  const { behaviour, recorded } = application;
  const applications = all(application);
  const sockets = applications.flatMap(({ prefix, built: { model } }) =>
    model.sockets.map(({ path }) =>
      patternOf(prefix + fastifyPath(path), shared.mountedApps.paths.rules),
    ),
  );
  if (sockets.length > 0) acceptUpgrades(instance, sockets, shared.mountedApps.paths);
  acceptVersions(
    instance,
    applications.flatMap(({ built: { model } }) => model.operations),
  );
  if (applications.some(({ middleware }) => middleware.length > 0))
    coverForeignRoutes(instance, shared.mountedApps);
  if (applications.some(({ built, guard }) => (guard ?? built.model.pluginGuard) !== undefined))
    guardPlainRoutes(instance, shared.mountedApps);
  answerPlainFaults(instance, shared.mountedApps);
  const rootPath = rootPathOf(behaviour.rootPath, recorded.options.trustProxy);
  instance.register(
    unknownPaths(
      shared.mountedApps,
      (request) => originOf(request, behaviour.allowedHosts) + rootPath(request),
    ),
  );
  const { document } = await installAll(instance, application, rootPath, shared);
  return document;
}

/** Answers nothing but what is asked about health: for a process that only works. */
export function serveNothing(instance: FastifyInstance): DocumentFor {
  instance.setNotFoundHandler((_, reply) => reply.code(404).send({ detail: 'Not Found' }));
  return () => {
    throw new Error('A server that serves no HTTP has no document.');
  };
}

/** An application, and below it those that are mounted. */
async function installAll(
  instance: FastifyInstance,
  application: Application,
  rootPath: RootPath,
  shared: ServerContext,
  around: readonly Guard[] = [],
): Promise<Installed> {
  const installed = await install(
    instance,
    application,
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
      await installAll(child, mounted, below, shared, guards);
    };
    instance.register(plugin, { prefix: mounted.path });
  }
  return installed;
}
