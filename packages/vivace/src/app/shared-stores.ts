import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Application } from './application';

/**
 * Refuses middleware whose data only one of several processes sees: a limit would count once in each, and a login hold in one.
 *
 * @param isShared whether all processes see the store of an application
 */
export function checkStores(
  applications: readonly Application[],
  isShared: (application: Application) => boolean,
): void {
  const names = applications.flatMap((application) =>
    middlewareOf(application)
      .map((middleware) => unsharedName(middleware, isShared(application)))
      .filter((name) => name !== undefined),
  );
  if (names.length === 0) return;
  throw new BootError(
    'STORE_IN_CLUSTER',
    {},
    `The data of ${[...new Set(names)].join(' and ')} is in the memory of this process, but this is one of several processes.`,
    `an extension with a store that all of them see, such as redis() of @vivace/redis with a REDIS_URL, or database() of @vivace/sql; or ${names[0]}({ store, … }) with one; or one process`,
  );
}

function middlewareOf({ middleware: around, built: { model } }: Application): readonly unknown[] {
  return [
    ...around,
    ...[...model.operations, ...model.sockets].flatMap((operation) => operation.middleware),
  ];
}

function unsharedName(middleware: unknown, shared: boolean): string | undefined {
  const facts = factsOf(middleware);
  if (facts?.kind !== 'middleware' || facts.store === undefined) return undefined;
  return (facts.store === 'application' ? shared : facts.store.shared) ? undefined : facts.name;
}
