import cluster from 'node:cluster';
import type { BuildOptions } from '../declare/options/application-options';
import { isProduction } from '../declare/environment';
import type { Entry } from '../declare/entry';
import type { Plan } from '../declare/extension';
import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { BootErrorCode } from '../errors/codes';
import type { Where } from '../errors/where';
import { isClass, nameOf } from '../model/classes';

/** How many processes serve an application. */
export function workersOf({ workers = cluster.isWorker ? 2 : 1 }: BuildOptions): number {
  return workers;
}

/** What extensions are told before anything is opened. */
export function planOf(options: BuildOptions, entries: readonly Entry[]): Plan {
  const env = options.env ?? process.env;
  return {
    workers: workersOf(options),
    production: isProduction(env),
    env,
    entries,
    refuse: (code, where, seen, write) => {
      // Each package has a table of codes of its own.
      throw new BootError(code as BootErrorCode, whereOf(where), seen, write);
    },
  };
}

function whereOf(value: unknown): Where {
  if (typeof value === 'string') return { member: value };
  if (isClass(value)) return { type: value.name };
  const facts = factsOf(value);
  return facts?.kind === 'dependency' ? facts.where : { member: nameOf(value) };
}
