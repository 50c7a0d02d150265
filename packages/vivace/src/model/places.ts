import type { Needs } from '../declare/provided';
import type { Place } from './app-options';
import { checked, guardOf } from './guard';
import type { Guard } from './model';
import type { OperationContext } from './operation';

/** The guards of places: the dependencies of the application and those of the place, if there are any. */
export function guardsOf(
  places: readonly Place[],
  {
    dependencies = [],
    middleware,
  }: { readonly dependencies?: readonly Needs[]; readonly middleware?: readonly unknown[] },
  context: OperationContext,
): ReadonlyMap<object, Guard> {
  const guards = new Map<object, Guard>();
  for (const { of, dependencies: own = [], where, sockets } of places) {
    const guard = checked(guardOf([...dependencies, ...own], where, context), middleware, sockets);
    if (guard !== undefined) guards.set(of, guard);
  }
  return guards;
}
