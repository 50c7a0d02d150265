import { isDeepStrictEqual } from 'node:util';
import { isScalar } from './kinds';
import { lazy } from './lazy';
import { property } from './property';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { withChanges } from './with-changes';
import type { Literal } from '../declare/class';
import type {
  Discriminator,
  Field,
  ObjectSchema,
  RecordSchema,
  Schema,
  UnionSchema,
} from './schema';

export const NULL: Schema = Object.freeze({ kind: 'null' });
export const ANY: Schema = Object.freeze({ kind: 'any' });
/** A plain object of which nothing is known. */
export const RECORD: Schema = Object.freeze<RecordSchema>({
  kind: 'record',
  keys: { kind: 'string' },
  values: ANY,
  as: 'object',
});

/** One schema for several: flat, literals together, each kind once. DTOs that a literal field tells apart become a discriminated union. */
export function unionOf(members: readonly Schema[]): Schema {
  const flat = members.flatMap((member) =>
    member.kind === 'union' && member.checks === undefined && member.discriminator === undefined
      ? member.members
      : [member],
  );
  if (flat.some((member) => member.kind === 'any')) return ANY;
  const distinct = withLiteralsJoined(flat).filter(
    (member, at, all) => all.findIndex((other) => isSame(member, other)) === at,
  );
  const [only] = distinct;
  if (only !== undefined && distinct.length === 1) return only;
  const values = distinct.filter((member) => member.kind !== 'null');
  if (values.length > 1 && values.every((member) => member.kind === 'object')) {
    const tagged = taggedUnion(values);
    return values.length === distinct.length ? tagged : { kind: 'union', members: [tagged, NULL] };
  }
  return { kind: 'union', members: distinct };
}

/** The schema or null. */
export function nullable(schema: Schema): Schema {
  return acceptsNull(schema) ? schema : unionOf([schema, NULL]);
}

/** The schema without null. */
export function notNull(schema: Schema): Schema {
  return schema.kind === 'union'
    ? unionOf(schema.members.filter((member) => member.kind !== 'null'))
    : schema;
}

export function acceptsNull(schema: Schema): boolean {
  return (
    schema.kind === 'any' ||
    schema.kind === 'null' ||
    (schema.kind === 'union' && schema.members.some(acceptsNull))
  );
}

/** Tells the members of a union apart by a field, or by a function that gives the tag or name of the member. */
export function discriminate(
  schema: Schema,
  by: string | ((value: unknown) => string | undefined),
  where: Where,
): Schema {
  if (schema.kind !== 'union') throw misfit(where, 'the type is no union');
  const objects = schema.members
    .flatMap((member) => (member.kind === 'union' ? member.members : [member]))
    .filter((member) => member.kind !== 'null');
  const members = objects.filter((member) => member.kind === 'object');
  if (members.length < objects.length) throw misfit(where, 'a member of the union is no DTO');
  const discriminator = lazy(() =>
    typeof by === 'string' ? byField(members, by, where) : byFunction(members, by),
  );
  const union: UnionSchema = {
    kind: 'union',
    members,
    get discriminator() {
      return discriminator();
    },
  };
  const tagged: Schema =
    schema.checks === undefined
      ? union
      : withChanges<UnionSchema>(union, { checks: schema.checks });
  return schema.members.some(acceptsNull) ? { kind: 'union', members: [tagged, NULL] } : tagged;
}

const misfit = (where: Where, seen: string) =>
  new BootError(
    'DISCRIMINATOR',
    where,
    `it has a discriminator, but ${seen}`,
    "a union of classes, each with the field as a literal: `class Cat { kind!: 'cat' }`",
  );

/** Recursive types are still being filled in when a union of them is made, so its literal field is looked for when it is first needed. */
function taggedUnion(members: readonly ObjectSchema[]): UnionSchema {
  const discriminator = lazy(() => commonLiteral(members));
  return {
    kind: 'union',
    members,
    get discriminator() {
      return discriminator();
    },
  };
}

/**
 * DTOs that a field tells apart by names that are given with them.
 *
 * @throws BootError FACTS_DISAGREE, when it is first used, where a DTO says itself that the field has another value
 */
export function taggedBy(
  field: string,
  members: ReadonlyMap<string, ObjectSchema>,
  where: Where,
): UnionSchema {
  const discriminator = lazy((): Discriminator => {
    for (const [name, member] of members) checkTag(field, name, member, where);
    return { field, tagOf: (value) => fieldAt(value, field), members };
  });
  return {
    kind: 'union',
    members: [...new Set(members.values())],
    get discriminator() {
      return discriminator();
    },
  };
}

function checkTag(field: string, name: string, member: ObjectSchema, where: Where): void {
  const tags = tagsOf(fieldOf(member, field)?.schema);
  if (tags.length === 0 || tags.includes(name)) return;
  throw new BootError(
    'FACTS_DISAGREE',
    where,
    `\`@Type\` of class-transformer calls ${member.name} '${name}', and its own field \`${field}\` is ${tags.map((tag) => `'${String(tag)}'`).join(' | ')}`,
    `\`{ value: ${member.name}, name: '${String(tags[0])}' }\` among the subTypes`,
  );
}

function commonLiteral(members: readonly ObjectSchema[]): Discriminator | undefined {
  for (const candidate of members[0]?.fields ?? []) {
    const fields = members.map((member) => fieldOf(member, candidate.in[0] ?? candidate.name));
    if (
      !fields.every(
        (field) =>
          field !== undefined && field.presence === 'required' && tagsOf(field.schema).length > 0,
      )
    )
      continue;
    const tags = fields.flatMap((field) => (field === undefined ? [] : tagsOf(field.schema)));
    if (new Set(tags).size === tags.length)
      return discriminatorOf(members, candidate.in[0] ?? candidate.name);
  }
  return undefined;
}

function byField(members: readonly ObjectSchema[], name: string, where: Where): Discriminator {
  const wire =
    members.map((member) => fieldOf(member, name)?.in[0]).find((found) => found !== undefined) ??
    name;
  for (const member of members) {
    const field = fieldOf(member, name);
    if (field === undefined || tagsOf(field.schema).length === 0)
      throw misfit(where, `${member.name ?? 'a member'} has no literal field ${name}`);
  }
  return discriminatorOf(members, wire);
}

function byFunction(
  members: readonly ObjectSchema[],
  tagOf: (value: unknown) => unknown,
): Discriminator {
  const tags = new Map<unknown, ObjectSchema>();
  for (const member of members) {
    for (const field of member.fields)
      for (const tag of tagsOf(field.schema)) if (!tags.has(tag)) tags.set(tag, member);
    for (const field of member.fields) {
      const initial: unknown = field.schema.kind === 'string' ? field.makeDefault?.() : undefined;
      if (typeof initial === 'string' && initial !== '' && !tags.has(initial))
        tags.set(initial, member);
    }
    if (member.name !== undefined) tags.set(member.name, member);
  }
  return { tagOf, members: tags };
}

function discriminatorOf(members: readonly ObjectSchema[], field: string): Discriminator {
  const tags = members.flatMap((member) =>
    tagsOf(fieldOf(member, field)?.schema).map((tag): [unknown, ObjectSchema] => [tag, member]),
  );
  return { field, tagOf: (value) => fieldAt(value, field), members: new Map(tags) };
}

const fieldAt = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? property(value, field) : undefined;

const fieldOf = (member: ObjectSchema, name: string): Field | undefined =>
  member.fields.find((field) => field.in.includes(name) || field.name === name);

function tagsOf(schema: Schema | undefined): readonly Literal[] {
  return schema?.kind === 'literal' || schema?.kind === 'enum' ? schema.values : [];
}

function withLiteralsJoined(members: readonly Schema[]): Schema[] {
  const plain = members.filter(
    (member) => member.kind === 'literal' && member.checks === undefined,
  );
  const values = [
    ...new Set(plain.flatMap((member) => (member.kind === 'literal' ? member.values : []))),
  ];
  const booleans = values.includes(true) && values.includes(false) && values.length === 2;
  const joined: Schema = booleans ? { kind: 'boolean' } : { kind: 'literal', values };
  return members.flatMap((member) =>
    !plain.includes(member) ? [member] : member === plain[0] ? [joined] : [],
  );
}

/** Of DTOs and what is made of others only the very same is. */
const isSame = (left: Schema, right: Schema): boolean =>
  left === right || (isScalar(left) && isDeepStrictEqual(left, right));
