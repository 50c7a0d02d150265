import type { Entry } from '../declare/entry';
import { BootError } from '../errors/boot-error';
import type { Application } from './application';

/** The entries that a process works on: all, or those that are named. */
export function entriesNamed(
  only: readonly string[] | undefined,
  entries: readonly Entry[],
): readonly Entry[] {
  return only === undefined ? entries : entries.filter((entry) => only.some(isNameOf(entry)));
}

/** @throws BootError for a name that no entry has */
export function checkNames(
  only: readonly string[] = [],
  applications: readonly Application[],
): void {
  const entries = applications.flatMap(({ built }) => built.model.entries);
  const unknown = only.find((name) => !entries.some((entry) => isNameOf(entry)(name)));
  if (unknown === undefined) return;
  const known = [...new Set(entries.map(classOf))].join(', ');
  throw new BootError(
    'NO_SUCH_ENTRY',
    { member: 'listen' },
    `There is no entry '${unknown}' to work on.`,
    known === '' ? 'an extension that has entries' : `some of ${known}`,
  );
}

type Named = Pick<Entry, 'name'>;

const isNameOf =
  (entry: Named) =>
  (name: string): boolean =>
    name === entry.name || name === classOf(entry);

/** `Billing` of `Billing.bill`. */
const classOf = ({ name }: Named): string => name.slice(0, name.lastIndexOf('.'));
