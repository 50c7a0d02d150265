import { isScalar } from '../schema/kinds';
import { rules } from '../schema/rules';
import type { Schema } from '../schema/schema';

import { property } from '../schema/property';
import { isObject } from '../validate/properties';
import { Refusal } from '../validate/refusal';
import { readScalar } from '../validate/scalars';

/**
 * The examples among the texts that comments give: JSON where that fits the schema, else the text itself where that does, else none,
 * since comments also hold code.
 */
export function examplesOf(schema: Schema, texts: readonly string[]): unknown[] {
  return texts.flatMap((text) => {
    const value = readingsOf(text).find((one) => fits(schema, one));
    return value === undefined ? [] : [value];
  });
}

function readingsOf(text: string): unknown[] {
  try {
    return [JSON.parse(text), text];
  } catch {
    return [text];
  }
}

/** Whether a client may send a value, as far as that can be said without code of the program. */
function fits(schema: Schema, given: unknown): boolean {
  const value = isScalar(schema) ? readScalar(schema, given, 'json') : given;
  if (value instanceof Refusal || !hasForm(schema, value)) return false;
  return (schema.checks ?? []).every(({ rule, args }) => {
    const known = rules[rule];
    return known?.emit === undefined || known.test(value, args);
  });
}

function hasForm(schema: Schema, value: unknown): boolean {
  switch (schema.kind) {
    case 'list':
      return Array.isArray(value) && value.every((item) => fits(schema.items, item));
    case 'tuple': {
      const { items, rest, required } = schema;
      return (
        Array.isArray(value) &&
        value.length >= required &&
        value.every((item, at) => {
          const part = items[at] ?? rest;
          return part !== undefined && fits(part, item);
        })
      );
    }
    case 'record':
      return isObject(value) && Object.values(value).every((item) => fits(schema.values, item));
    case 'union':
      return schema.members.some((member) => fits(member, value));
    case 'recursive':
    case 'secret':
      return fits(schema.inner, value);
    case 'object':
      return (
        isObject(value) &&
        schema.fields.every((field) => {
          const given = field.in
            .map((name) => property(value, name))
            .find((one) => one !== undefined);
          if (given === undefined) return field.presence !== 'required' || !field.input;
          return fits(field.schema, given);
        })
      );
    default:
      return true;
  }
}
