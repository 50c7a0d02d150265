import { AsyncLocalStorage } from 'node:async_hooks';
import type { AfterCommit } from 'vivace/extend';
import type { Entry } from './keeper';

/** In what a value is asked for. */
export interface Occasion {
  readonly transaction: AfterCommit | undefined;
  /** Whether the transaction has forgotten the value. */
  readonly isForgotten: boolean;
}

export const ANYWHERE: Occasion = { transaction: undefined, isForgotten: false };

/** What is being made around a call. */
const making = new AsyncLocalStorage<ReadonlySet<string>>();

/** What there is one value of. */
export const placeOf = ({ type, key }: Entry): string => `${type}:${key}`;

/** Makes the value of an entry. */
export function within<T>(entry: Entry, make: () => T): T {
  return making.run(new Set(making.getStore()).add(placeOf(entry)), make);
}

/** @throws TypeError for what is being made around this call */
export function checkNotWithin(entry: Entry): void {
  if (making.getStore()?.has(placeOf(entry)) === true)
    throw new TypeError(
      `The value '${entry.key}' of ${entry.type} is made of itself, and would wait for ever.`,
    );
}
