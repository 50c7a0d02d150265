import type { Schema } from '../schema';

/** A literal or an enum is of the kind of its values; a set is a list, a DTO an object. */
export function speaksOf(kinds: readonly Schema['kind'][], schema: Schema): boolean {
  if (kinds.includes(schema.kind)) return true;
  if (schema.kind === 'literal' || schema.kind === 'enum')
    return schema.values.some((value) => kinds.includes(typeof value as Schema['kind']));
  if (schema.kind === 'object') return kinds.includes('record');
  return schema.kind === 'tuple' && kinds.includes('list');
}
