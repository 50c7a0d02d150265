import { lazy } from './lazy';
import type { Discriminator, ObjectSchema, Schema, UnionSchema } from './schema';
import { withChanges } from './with-changes';

/** Which of the schemas inside a schema a walk enters. */
export type Into = (schema: Schema) => readonly Schema[];

/** The schemas that a schema is made of. */
export function children(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case 'list':
      return [schema.items];
    case 'tuple':
      return schema.rest === undefined ? schema.items : [...schema.items, schema.rest];
    case 'record':
      return [schema.keys, schema.values];
    case 'union':
      return schema.members;
    case 'recursive':
    case 'secret':
      return [schema.inner];
    case 'object':
      return schema.fields.flatMap(({ schema: type, conditional }) =>
        conditional === undefined ? [type] : [type, conditional.otherwise],
      );
    default:
      return [];
  }
}

/** Those whose values belong to the nearest DTO: another DTO is a whole of its own. */
export const childrenInPlace: Into = (schema) => (schema.kind === 'object' ? [] : children(schema));

/** Those that the very value is read as: the members of a union, and what a secret hides. */
export const alternatives: Into = (schema) =>
  schema.kind === 'union' || schema.kind === 'secret' ? children(schema) : [];

/** The schema of the part of a value that stands under a key, or at an index. */
export function childAt(schema: Schema, key: string | number): Schema | undefined {
  switch (schema.kind) {
    case 'list':
      return schema.items;
    case 'tuple':
      return schema.items[Number(key)] ?? schema.rest;
    case 'record':
      return schema.values;
    case 'object':
      return schema.fields.find((field) => field.in.includes(String(key)))?.schema;
    default:
      return undefined;
  }
}

/** A schema and all inside it, each once; none of those that have been `met`. */
export function* walk(
  schema: Schema,
  into: Into = children,
  met = new Set<Schema>(),
): Generator<Schema> {
  const waiting = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (met.has(next)) continue;
    met.add(next);
    yield next;
    waiting.push(...into(next).toReversed());
  }
}

/** Whether something holds for a schema, or for any inside it. */
export function some(schema: Schema, holds: (schema: Schema) => boolean, into?: Into): boolean {
  for (const each of walk(schema, into)) if (holds(each)) return true;
  return false;
}

/**
 * Changes what a schema is made of; the fields of a DTO and what an alias stands for may hold it, and stay.
 * A schema of which nothing changes is given as it is, so that what was compiled for it is found again.
 */
export function mapChildren(schema: Schema, change: (child: Schema) => Schema): Schema {
  switch (schema.kind) {
    case 'list': {
      const items = change(schema.items);
      return items === schema.items ? schema : { ...schema, items };
    }
    case 'tuple': {
      const items = schema.items.map(change);
      const rest = schema.rest && change(schema.rest);
      return rest === schema.rest && isSame(items, schema.items)
        ? schema
        : { ...schema, items, ...(rest !== undefined && { rest }) };
    }
    case 'record': {
      const values = change(schema.values);
      return values === schema.values ? schema : { ...schema, values };
    }
    case 'union':
      return withMembers(schema, schema.members.map(change));
    case 'secret': {
      const inner = change(schema.inner);
      return inner === schema.inner ? schema : { ...schema, inner };
    }
    default:
      return schema;
  }
}

/** Changes the schema, or each that the very value is read as. */
export function mapAlternatives(schema: Schema, change: (member: Schema) => Schema): Schema {
  return alternatives(schema).length > 0
    ? mapChildren(schema, (inner) => mapAlternatives(inner, change))
    : change(schema);
}

function isSame(schemas: readonly Schema[], others: readonly Schema[]): boolean {
  return schemas.every((schema, index) => schema === others[index]);
}

/** A discriminator is still looked for when it is first needed, and gives the new members. */
function withMembers(schema: UnionSchema, members: readonly Schema[]): UnionSchema {
  if (isSame(members, schema.members)) return schema;
  const renewed = (member: ObjectSchema): ObjectSchema => {
    const found = members[schema.members.indexOf(member)];
    return found?.kind === 'object' ? found : member;
  };
  const discriminator = lazy((): Discriminator | undefined => {
    const known = schema.discriminator;
    if (known === undefined) return undefined;
    const byTag = [...known.members].map(([tag, member]) => [tag, renewed(member)] as const);
    return { ...known, members: new Map(byTag) };
  });
  return withChanges<UnionSchema>(schema, {
    members,
    get discriminator() {
      return discriminator();
    },
  });
}
