import type { Shape } from '../declare/shape';
import type { Type } from '../declare/type';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { defaultBuilder } from '../schema/default-builder';
import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { childrenInPlace, some, walk } from '../schema/visit';
import { schemaOfShape } from './shape-of';

/**
 * Refuses a type whose values do not come back equal from their JSON. What is kept and read again would lose something: the payload of
 * a job, an event, a cached value.
 *
 * @param type a class, `int`, `listOf(T)`, …, or a shape
 * @throws BootError ONE_WAY_TYPE, with the field
 * @example
 * checkRoundTrip(SendInvoice)
 */
export function checkRoundTrip(type: Type | Shape): void {
  const schema = schemaOf(type);
  if (isMasked(schema)) throw oneWay({}, MASKED);
  for (const part of walk(schema)) if (part.kind === 'object') checkFields(part);
}

/**
 * The first field that holds a `bigint`, at any depth: for what passes through readers of JSON whose numbers end at 2 to the power of 53.
 *
 * @returns its name, `Line.amount` in another class; `it` where that is the type itself, undefined where there is none
 */
export function bigintIn(type: Type | Shape): string | undefined {
  const whole = schemaOf(type);
  if (isOf(whole, 'bigint')) return 'it';
  for (const part of walk(whole)) {
    const field =
      part.kind === 'object' && part.fields.find(({ schema }) => isOf(schema, 'bigint'));
    if (field) return part === whole || !part.name ? field.name : `${part.name}.${field.name}`;
  }
  return undefined;
}

function schemaOf(type: Type | Shape): Schema {
  return schemaOfShape(type as Shape) ?? defaultBuilder().fromValue(type as Type, {});
}

function checkFields(object: ObjectSchema): void {
  const { type, name } = object;
  for (const field of object.fields) {
    const problem = problemOf(field, object);
    if (problem === undefined) continue;
    const place = type === undefined ? {} : defaultBuilder().types.place(type);
    throw oneWay({ type: type?.name ?? name, member: field.name, ...place }, problem);
  }
}

const MASKED = 'is not written as it is: a secret is masked, and a file has no JSON';

function problemOf(field: Field, { extra }: ObjectSchema): string | undefined {
  const { input, output, computed } = field;
  if (isMasked(field.schema)) return MASKED;
  if (computed)
    return extra === 'forbid' && output
      ? 'is written and not read, and the type takes no other fields'
      : undefined;
  if (input && !output) return 'is read and not written';
  if (output && !input) return 'is written and not read';
  if (!input) return undefined;
  if (!field.in.includes(field.out)) return `is written as ${field.out}, and read by another name`;
  if (field.transformIn.length > 0 !== field.transformOut.length > 0)
    return 'has a @Transform for one way only';
  return undefined;
}

function isMasked(schema: Schema): boolean {
  return isOf(schema, 'secret', 'file');
}

/** Also in a list, a tuple or a union; a DTO inside is looked at by itself. */
function isOf(schema: Schema, ...kinds: readonly Schema['kind'][]): boolean {
  return some(schema, ({ kind }) => kinds.includes(kind), childrenInPlace);
}

function oneWay(where: Where, what: string): BootError {
  return new BootError(
    'ONE_WAY_TYPE',
    where,
    `${where.member ?? 'The type'} ${what}, so a value that is kept would not come back equal.`,
    'a class for what is kept, with the fields that are read again: no Secret, @Exclude or alias of one way, and `@Transform` for both ways',
  );
}
