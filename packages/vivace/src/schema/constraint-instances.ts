import { AsyncLocalStorage } from 'node:async_hooks';
import type { Class } from '../declare/class';
import type { Schema } from './schema';
import { walk } from './visit';

/** The instances of constraint classes that the container made, by class. */
export type ConstraintInstances = ReadonlyMap<Class, object>;

// Validators are made once for all requests, and what a request made has to reach them through any code of the program's.
const current = new AsyncLocalStorage<ConstraintInstances>();

/** Calls a function during which values are checked by some instances. */
export function withConstraints<A extends unknown[], R>(
  instances: ConstraintInstances,
  run: (...args: A) => R,
  ...args: A
): R {
  return current.run(instances, run, ...args);
}

/** The instance that the container made of a constraint class, if it made one. */
export function constraintInstance(type: Class): object | undefined {
  return current.getStore()?.get(type);
}

/** The constraint classes that decide on values of a schema, each once. */
export function constraintClassesOf(schema: Schema): ReadonlySet<Class> {
  const checks = [...walk(schema)].flatMap((part) => part.checks ?? []);
  return new Set(checks.flatMap(({ by }) => by ?? []));
}
