import { factsOf } from '../declare/value-facts';
import { BootError } from '../errors/boot-error';
import type { Application } from './application';

/** Refuses middleware whose data only one of several processes sees: a limit would count once in each, and a login hold in one. */
export function checkStores(applications: readonly Application[]): void {
  const names = applications
    .flatMap(({ middleware: around, built: { model } }) => [
      ...around,
      ...[...model.operations, ...model.sockets].flatMap((operation) => operation.middleware),
    ])
    .map(unsharedName)
    .filter((name) => name !== undefined);
  if (names.length === 0) return;
  throw new BootError(
    'STORE_IN_CLUSTER',
    {},
    `The data of ${[...new Set(names)].join(' and ')} is in the memory of this process, but this is one of several processes.`,
    `${names[0]}({ store, … }) with a store that all of them see, such as Redis, or one process`,
  );
}

function unsharedName(middleware: unknown): string | undefined {
  const facts = factsOf(middleware);
  return facts?.kind === 'middleware' && facts.store?.shared === false ? facts.name : undefined;
}
