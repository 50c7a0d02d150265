import { matterOf } from '../responses/matter';

/** What was taken from things that can be gone through once: a value may be looked at again, to say what is wrong with it. */
const taken = new WeakMap<object, () => readonly unknown[]>();

/**
 * The items of a list in an answer: of anything that can be gone through but text, bytes and maps; undefined where there are none.
 *
 * @throws what going through it throws, each time
 */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || !isIterable(value)) return undefined;
  if (value instanceof Set) return [...value];
  if (value instanceof Map || matterOf(value) === 'bytes') return undefined;
  if (!('next' in value)) return [...value];
  const items = taken.get(value) ?? outcomeOf(() => [...value]);
  taken.set(value, items);
  return items();
}

/** The same where somebody else says what is wrong: undefined also for what throws when it is gone through. */
export function itemsIfAny(value: unknown): readonly unknown[] | undefined {
  try {
    return itemsOf(value);
  } catch {
    return undefined;
  }
}

function outcomeOf<T>(run: () => T): () => T {
  try {
    const result = run();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}
