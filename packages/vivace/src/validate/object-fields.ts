import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { someSeesObject } from './interpret-checks';
import { setOwn } from './properties';

/** Constraints and conditions that see the whole object are tried after all other fields. */
export function needsWholeObject(field: Field): boolean {
  let needs = needing.get(field);
  if (needs === undefined) {
    needs = field.conditional !== undefined || someSeesObject(field.schema);
    needing.set(field, needs);
  }
  return needs;
}

const needing = new WeakMap<Field, boolean>();

/** What an instance may hold: its constraints were judged, or skipped, when it was made. */
export function typeOf(field: Field): Schema {
  return field.conditional?.otherwise ?? field.schema;
}

/** The fields that are read, with the constraints of the groups that count. */
export function fieldsRead(
  schema: ObjectSchema,
  {
    output = false,
    groups,
  }: { readonly output?: boolean; readonly groups?: readonly string[] | undefined },
): readonly Field[] {
  const counted =
    groups === undefined || groups.length === 0
      ? schema.fields
      : schema.fields.map((field) => field.inGroups?.(groups) ?? field);
  return counted.filter((field) => !field.computed && (output ? field.output : field.input));
}

/** Keeps an unknown field, unless it would hide a field, a method or what every object has. */
export function copyExtra(instance: object, name: string, value: unknown): boolean {
  if (name in instance) return false;
  setOwn(instance, name, value);
  return true;
}
