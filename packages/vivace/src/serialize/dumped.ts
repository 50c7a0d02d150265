import type { FieldFilter } from '../declare/options/field-filter';
import { modelOf } from '../schema/default-builder';
import { innerFilter, shownFields } from './field-filter';
import { setOwn } from '../validate/properties';

/** A value whose DTOs, also inside lists, sets and maps, are plain objects of their fields. */
export function dumped(value: unknown, filter: FieldFilter): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => dumped(item, filter));
  if (value instanceof Set) return new Set(Array.from(value, (item) => dumped(item, filter)));
  if (value instanceof Map)
    return new Map(Array.from(value, ([key, item]) => [key, dumped(item, filter)]));
  const model = modelOf(value);
  if (model === undefined) return value;
  const plain = {};
  for (const [name, field] of shownFields(model, value, filter))
    setOwn(plain, name, dumped(field, innerFilter(filter)));
  return plain;
}
