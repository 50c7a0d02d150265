import type { Schema } from '../schema/schema';
import { validatorOf } from './validator';

export type Raw = string | readonly string[];

/** Whether a schema takes all texts of a name, such as `?tag=a&tag=b`, rather than the last. */
export function takesMany(schema: Schema): boolean {
  switch (schema.kind) {
    case 'list':
    case 'tuple':
      return true;
    case 'union':
      return schema.members.some(takesMany);
    case 'secret':
      return takesMany(schema.inner);
    default:
      return false;
  }
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
