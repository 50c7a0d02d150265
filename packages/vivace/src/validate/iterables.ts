import { matterOf } from '../responses/matter';

/** What was taken from things that can be gone through once: a value may be looked at again, to say what is wrong with it. */
const taken = new WeakMap<object, readonly unknown[]>();

/** The items of a list in an answer: of anything that can be gone through but text, bytes and maps; undefined where there are none. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || !isIterable(value)) return undefined;
  if (value instanceof Set) return [...value];
  if (value instanceof Map || matterOf(value) === 'bytes') return undefined;
  if (!('next' in value)) return [...value];
  const items = taken.get(value) ?? [...value];
  taken.set(value, items);
  return items;
}

function isIterable(value: object): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}
