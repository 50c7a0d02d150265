import type { Schema } from '../schema/schema';
import { alternatives, some } from '../schema/visit';
import { validatorOf } from './validator';

export type Raw = string | readonly string[];

/** Whether a schema takes all texts of a name, such as `?tag=a&tag=b`, rather than the last. */
export function takesMany(schema: Schema): boolean {
  return some(
    schema,
    (each) =>
      each.kind === 'list' ||
      each.kind === 'tuple' ||
      (each.kind === 'library' && each.takes === 'list'),
    alternatives,
  );
}

/** A reader of the texts of path, query, headers, cookies, forms and environment: gives the value or `INVALID`. */
export function textReaderOf(schema: Schema, groups?: readonly string[]): (raw: Raw) => unknown {
  const validate = validatorOf(schema, {
    mode: 'text',
    ...(groups === undefined ? {} : { groups }),
  });
  if (takesMany(schema)) return (raw) => validate(typeof raw === 'string' ? [raw] : raw);
  return (raw) => validate(typeof raw === 'string' ? raw : raw.at(-1));
}
