import type { Class } from '../declare/class';
import { isStandardSchema } from '../declare/standard-schema';
import type { Type } from '../declare/type';
import { factsOf } from '../declare/value-facts';
import { isThenable } from '../errors/async';
import type { MemberData } from '../reflect/type-data';
import { defaultBuilder } from '../schema/default-builder';
import { fieldOfClass, mayBeAbsent } from '../schema/field';
import { plainOfClass } from '../schema/kinds';
import { keywordsOf } from '../schema/json-schema-writer';
import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { acceptsNull, notNull } from '../schema/union';
import { serializerOf } from '../serialize/serializer';
import { parseExactly, wantedDigits, type WantedDigits } from '../validate/digits';
import { parsed } from '../validate/parsed';
import { INVALID, validatorOf } from '../validate/validator';
import { identityOf, typeName, writtenName } from './type-name';
import { isNamed, ShapeTypes, withoutNames } from './shape-type';
import type { Shape, ShapeField } from '../declare/shape';

const shapes = new WeakMap<object, Shape>();

/** By the names of types: of what is written in place anew at each call there is one shape. */
const shapesOfTypes = new Map<string, Shape>();

/**
 * Says what TypeScript and decorators say about a class or another type. Nothing is read before it is asked for, so that classes may
 * name each other and no application has to be there.
 *
 * @param type a class, `int`, `listOf(T)`, …; one with fields that JSON cannot have is described too, but neither parsed nor written
 * @example
 * shapeOf(Hero).fields.map(({ name, type }) => `${name}: ${type.is}`)
 */
export function shapeOf(type: Type): Shape {
  if (isModelClass(type)) return shapeOfClass(type);
  const id = typeName(type, identityOf);
  const known = shapesOfTypes.get(id) ?? namedShape(type);
  shapesOfTypes.set(id, known);
  return known;
}

function isModelClass(type: Type): type is Class {
  return (
    typeof type === 'function' &&
    plainOfClass(type) === undefined &&
    factsOf(type)?.kind !== 'token' &&
    !isStandardSchema(type)
  );
}

function namedShape(type: Type): Shape {
  return shape({
    type: null,
    name: () => typeName(type, writtenName),
    schema: () => defaultBuilder().fromValue(type, {}),
    fields: () => [],
  });
}

function shapeOfClass(type: Class): Shape {
  return kept(type, () =>
    shape({
      type,
      name: () => defaultBuilder().readerOf(type).model.name ?? type.name,
      schema: () => defaultBuilder().fromClass(type, { type: type.name }),
      fields: () => fieldsOfClass(type),
    }),
  );
}

/** A class as it is; of a generic one with its arguments and of what has no class, only the schema tells. */
function shapeOfSchema(schema: ObjectSchema): Shape {
  const { type, generic } = schema;
  if (type !== undefined && generic === undefined) return shapeOfClass(type);
  return kept(schema, () =>
    shape({
      type: type ?? null,
      name: () => schema.name ?? '',
      schema: () => schema,
      fields: () => schema.fields.map((field) => shapeField(field)),
    }),
  );
}

/** What a schema takes, also one that has no fields: a list, a text. */
export function shapeOfValue(schema: Schema): Shape {
  if (schema.kind === 'object') return shapeOfSchema(schema);
  return kept(schema, () =>
    shape({ type: null, name: () => '', schema: () => schema, fields: () => [] }),
  );
}

function kept(key: object, make: () => Shape): Shape {
  const known = shapes.get(key) ?? make();
  shapes.set(key, known);
  return known;
}

interface Source {
  readonly type: Class | null;
  readonly name: () => string;
  readonly schema: () => Schema;
  readonly fields: () => readonly ShapeField[];
}

/** What a shape was made of. */
export const schemaOfShape = (of: Shape): Schema | undefined => sources.get(of)?.();
const sources = new WeakMap<Shape, () => Schema>();

function shape({ type, name, schema: read, fields: readFields }: Source): Shape {
  let fields: readonly ShapeField[] | undefined;
  let schemaRead: Schema | undefined;
  let reader: ReturnType<typeof validatorOf> | undefined;
  let digits: { readonly wanted: WantedDigits | undefined } | undefined;
  const schema = (): Schema => (schemaRead ??= read());
  const made: Shape = {
    type,
    get name() {
      return name();
    },
    get fields() {
      return (fields ??= readFields());
    },
    parse(value) {
      reader ??= validatorOf(schema(), { mode: 'json' });
      const fitting = reader(value);
      return fitting === INVALID ? parsed(schema(), value) : fitting;
    },
    read(text) {
      digits ??= { wanted: wantedDigits(schema()) };
      const { wanted } = digits;
      return made.parse(wanted === undefined ? JSON.parse(text) : parseExactly(text, wanted));
    },
    write(value) {
      const text = serializerOf(schema())(value);
      if (!isThenable(text)) return text;
      throw new TypeError('The type has an asynchronous validator, which write() cannot wait for.');
    },
  };
  sources.set(made, schema);
  return made;
}

const types = new ShapeTypes(shapeOfClass, shapeOfSchema);

function fieldsOfClass(type: Class): readonly ShapeField[] {
  const builder = defaultBuilder();
  const reader = builder.readerOf(type);
  const place = { type: type.name, ...builder.types.place(type) };
  return reader.fieldNames().flatMap((name) => {
    const member = reader.members.get(name);
    const readable = member && { ...member, t: withoutNames(member.t) };
    const field = fieldOfClass(builder, reader, name, readable, place);
    return field === undefined ? [] : [shapeField(field, member)];
  });
}

function shapeField(field: Field, member?: MemberData): ShapeField {
  const { name, schema, presence, notes, input, output, computed } = field;
  const named = member !== undefined && isNamed(member.t) ? member.t : undefined;
  const value = literalOf(field, member);
  // What clients may not send is optional for them, whatever its type says.
  const optional =
    presence === 'optional' && (input || computed || member === undefined || mayBeAbsent(member));
  const isNullable = (union: unknown) => Array.isArray(union) && union.includes('null');
  return {
    name,
    type: named === undefined ? types.ofField(schema) : types.ofType(named),
    optional,
    nullable:
      named === undefined
        ? acceptsNull(schema)
        : typeof named === 'object' && 'union' in named && isNullable(named.union),
    initial: presence === 'default',
    ...(value !== undefined && { default: value }),
    rules: rulesOf(schema),
    ...(notes.description !== undefined && { description: notes.description }),
    input,
    output,
    computed,
  };
}

/** Of a class that the types file does not know, what is the same each time. */
function literalOf({ makeDefault, varies }: Field, member?: MemberData): unknown {
  if (member !== undefined) return member.default;
  return varies === true ? undefined : makeDefault?.();
}

/** Keywords of the value itself; whether it may be null is said elsewhere. */
function rulesOf(schema: Schema): Readonly<Record<string, unknown>> {
  const value = notNull(schema);
  return Object.assign(
    {},
    ...[...(value.checks ?? []), ...(value === schema ? [] : (schema.checks ?? []))].map((check) =>
      keywordsOf(check, value),
    ),
  ) as Record<string, unknown>;
}
