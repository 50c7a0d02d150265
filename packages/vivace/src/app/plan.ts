import cluster from 'node:cluster';
import type { FastifyBaseLogger } from 'fastify';
import type { BuildOptions } from '../declare/options/application-options';
import { isProduction } from '../declare/environment';
import type { Entry } from '../declare/entry';
import type { Extension, Plan } from '../declare/extension';
import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { trustedBy } from '../http/root-path';
import { isClass, nameOf } from '../model/classes';
import type { Duties } from '../process/duties';
import { checkRooms } from '../websocket/rooms';
import type { Application } from './application';
import { checkStores } from './shared-stores';

/**
 * Refuses what cannot work in this process, before anything is opened.
 *
 * @param entries of each application
 */
export function checkPlan(
  entries: ReadonlyMap<Application, readonly Entry[]>,
  options: BuildOptions,
  duties: Duties,
  log: FastifyBaseLogger,
): void {
  const applications = [...entries.keys()];
  const works = applications.some(isWorking);
  if (!duties.http && !(duties.work && works)) throw nothingToDo(works);
  if (isOneOfSeveral(applications, options, duties)) {
    for (const { built } of applications) checkRooms(built.model);
    const [outermost] = applications;
    // Whether all processes see what an extension gives is known when it is open.
    checkStores(applications, ({ built: { model } }) =>
      [model.store, outermost?.built.model.store].some((store) => store !== undefined),
    );
  }
  for (const [application, own] of entries)
    for (const { check } of extensionsOf(application))
      check?.({
        ...planOf(workersOf(options), options.env ?? process.env, duties, own),
        log,
        trusts: trustedBy(application.recorded.options.trustProxy),
        speaksOf: (type) =>
          application.built.model.schemas.some((one) => one.kind === 'object' && one.type === type),
      });
}

/** Whether there are other processes that do the same, or what this one leaves to them. */
export function isOneOfSeveral(
  applications: readonly Application[],
  options: BuildOptions,
  { http, work }: Duties,
): boolean {
  return workersOf(options) > 1 || (applications.some(isWorking) && !(http && work));
}

function workersOf({ workers = cluster.isWorker ? 2 : 1 }: BuildOptions): number {
  return workers;
}

function isWorking(application: Application): boolean {
  return extensionsOf(application).some(({ work }) => work !== undefined);
}

function extensionsOf({ recorded }: Application): readonly Extension[] {
  return recorded.options.extensions ?? [];
}

function planOf(
  workers: number,
  env: Plan['env'],
  duties: Duties,
  entries: readonly Entry[],
): Omit<Plan, 'log' | 'trusts' | 'speaksOf'> {
  return {
    workers,
    ...duties,
    production: isProduction(env),
    env,
    entries,
    refuse: (code, where, seen, write) => {
      throw new BootError<string>(code, whereOf(where), seen, write);
    },
  };
}

function nothingToDo(works: boolean): BootError {
  return new BootError(
    'NOTHING_TO_DO',
    { member: 'listen' },
    works
      ? 'This process would neither serve HTTP nor work.'
      : 'This process would only work, and no extension of the application does.',
    works ? 'http: true, or work: true' : 'http: true, or an extension that works',
  );
}

function whereOf(value: unknown): Where {
  if (typeof value === 'string') return { member: value };
  if (isClass(value)) return { type: value.name };
  const facts = factsOf(value);
  return facts?.kind === 'dependency' ? facts.where : { member: nameOf(value) };
}
