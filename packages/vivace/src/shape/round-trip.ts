import type { Shape } from '../declare/shape';
import type { Type } from '../declare/type';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { defaultBuilder } from '../schema/default-builder';
import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { walk } from '../schema/visit';
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
  const schema = schemaOfShape(type as Shape) ?? defaultBuilder().fromValue(type, {});
  if (schema.kind === 'secret' || schema.kind === 'file') throw oneWay({}, MASKED);
  for (const part of walk(schema)) if (part.kind === 'object') checkFields(part);
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

/** Also in a list or a union; a DTO inside is looked at by itself. */
function isMasked(schema: Schema): boolean {
  const inPlace = walk(schema, (part) =>
    part.kind === 'list'
      ? [part.items]
      : part.kind === 'record'
        ? [part.values]
        : part.kind === 'union'
          ? part.members
          : [],
  );
  return [...inPlace].some(({ kind }) => kind === 'secret' || kind === 'file');
}

function oneWay(where: Where, what: string): BootError {
  return new BootError(
    'ONE_WAY_TYPE',
    where,
    `${where.member ?? 'The type'} ${what}, so a value that is kept would not come back equal.`,
    'a class for what is kept, with the fields that are read again: no Secret, @Exclude or alias of one way, and `@Transform` for both ways',
  );
}
