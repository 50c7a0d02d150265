import type { Class } from '../declare/class';
import type { Field, ObjectSchema, Schema, UnionSchema } from './schema';
import { typeName } from './type-names';
import { mapChildren, some } from './visit';
import { unionOf } from './union';

/** A place where the type and `@Type` cannot both be right. */
export class TypesDisagree extends Error {}

/**
 * What the type of a field and `@Type(() => …)` of class-transformer say together: the class of the value, or of the items of a
 * list, set, tuple or map, in the places where the type has one. Of scalars the type says more than their constructor.
 *
 * @throws TypesDisagree where an instance of one is none of the other
 */
export function joinedType(declared: Schema, nested: Schema): Schema {
  switch (declared.kind) {
    case 'any':
      return nested;
    case 'list':
    case 'tuple':
      return mapChildren(declared, (item) => joinedType(item, nested));
    case 'record':
      // To class-transformer a plain object is one object, not one for each key.
      if (declared.as === 'map') return mapChildren(declared, (item) => joinedType(item, nested));
      throw new TypesDisagree();
    case 'secret':
      return mapChildren(declared, (inner) => joinedType(inner, nested));
    case 'union':
      return joinedUnion(declared, nested);
    default:
      return nested.kind === 'object' || nested.kind === 'union'
        ? joinedObject(declared, nested)
        : joinedScalar(declared, nested);
  }
}

/** Text and numbers beside objects are left as they are; null always is. */
function joinedUnion(declared: UnionSchema, nested: Schema): Schema {
  const ofObjects = nested.kind === 'object' || nested.kind === 'union';
  const values = declared.members.filter(({ kind }) => kind !== 'null');
  const objects = values.filter((member): member is ObjectSchema => member.kind === 'object');
  if (objects.length > 1) {
    const others = declared.members.filter((member) => member.kind !== 'object');
    return unionOf([oneOfObjects(objects, nested), ...others]);
  }
  const changed = values.filter((member) => !ofObjects || holdsObjects(member));
  if (changed.length === 0) throw new TypesDisagree();
  return unionOf(
    declared.members.map((member) =>
      changed.includes(member) ? joinedType(member, nested) : member,
    ),
  );
}

const holdsObjects = (schema: Schema): boolean =>
  ['object', 'union', 'list', 'tuple', 'record'].includes(schema.kind);

/** Several classes are told apart by the discriminator of `@Type`, which has to know them all and no other. */
function oneOfObjects(declared: readonly ObjectSchema[], nested: Schema): Schema {
  const members = nested.kind === 'union' ? nested.members : [nested];
  const types = new Set(declared.map(({ type }) => type));
  const known = new Set(
    members.map((member) => (member.kind === 'object' ? member.type : undefined)),
  );
  if (
    types.size !== known.size ||
    [...types].some((type) => type === undefined || !known.has(type))
  )
    throw new TypesDisagree();
  return nested;
}

function joinedObject(declared: Schema, nested: ObjectSchema | UnionSchema): Schema {
  if (declared.kind !== 'object') throw new TypesDisagree();
  const members = nested.kind === 'union' ? nested.members : [nested];
  for (const member of members)
    if (member.kind !== 'object' || !isA(member, declared)) throw new TypesDisagree();
  // A generic class has its arguments in the type only.
  return nested.kind === 'object' && nested.type === declared.type ? declared : nested;
}

/** Whether an instance of a class is a value of a type. */
function isA(nested: ObjectSchema, { type, fields }: ObjectSchema): boolean {
  if (type !== undefined) return nested.type === type || extendsClass(nested.type, type);
  // A type that contains itself is still being read.
  if (fields.length === 0 || nested.fields.length === 0) return true;
  const names = new Set(fields.map(({ name }) => name));
  return (
    fields.every((field) =>
      isSameField(
        field,
        nested.fields.find(({ name }) => name === field.name),
      ),
    ) &&
    nested.fields.every(
      ({ name, input, presence }) => names.has(name) || !input || presence !== 'required',
    )
  );
}

const extendsClass = (type: Class | undefined, base: Class): boolean =>
  type !== undefined && type.prototype instanceof base;

function isSameField(declared: Field, nested: Field | undefined): boolean {
  if (nested === undefined) return false;
  if ((declared.presence === 'required') !== (nested.presence === 'required')) return false;
  const holds = (schema: Schema): boolean => some(schema, ({ kind }) => kind === 'object');
  return (
    holds(declared.schema) ||
    holds(nested.schema) ||
    typeName(declared.schema) === typeName(nested.schema)
  );
}

const CONSTRUCTED: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  bigint: 'bigint',
};

/** `@Type(() => Number)` makes numbers: of a literal, an enum or `int` too. */
function joinedScalar(declared: Schema, nested: Schema): Schema {
  const isMade =
    declared.kind === 'literal' || declared.kind === 'enum'
      ? declared.values.every((value) => typeof value === CONSTRUCTED[nested.kind])
      : declared.kind === nested.kind;
  if (!isMade) throw new TypesDisagree();
  return declared;
}
