import type { Extra } from '../declare/class';
import { present } from '../declare/present';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { MemberData, Reference, Tags, TypeData } from '../reflect/type-data';
import type { SchemaBuilder } from './builder';
import { fieldOfClass, fieldOfMember } from './field';
import { schemaOfType } from './from-type';
import { bind, NO_GENERICS, substitute, type Generics } from './generics';
import { componentName, displayName, shortName } from './type-names';
import type { Field, ObjectSchema, Schema } from './schema';
import { tagNotes } from './tags';

export type Members = Readonly<Record<string, MemberData>>;

/** What the types file says about an interface, or an alias of an object type. */
export interface Documented {
  readonly params?: readonly string[];
  readonly doc?: string;
  readonly tags?: Tags;
}

/** What an object type that is written in place says. */
export function schemaOfObject(
  builder: SchemaBuilder,
  type: Extract<TypeData, { object: unknown }>,
  where: Where,
): Schema {
  if (type.index !== undefined && Object.keys(type.object).length === 0) {
    return {
      kind: 'record',
      keys: { kind: 'string' },
      values: schemaOfType(builder, type.index, where),
      as: 'object',
    };
  }
  return {
    kind: 'object',
    name: undefined,
    type: undefined,
    fields: fieldsOf(builder, type.object, where),
    extra: extraOf(builder, type.index, where),
    before: [],
    after: [],
  };
}

/**
 * What an interface says, or an alias of an object type: a component without a class.
 *
 * @param keep called with the schema before its fields are there, so that recursive types end
 */
export function schemaOfInterface(
  builder: SchemaBuilder,
  { ref, args }: Reference,
  members: Members,
  { params, doc, tags = {} }: Documented,
  where: Where,
  keep: (schema: ObjectSchema) => void,
): ObjectSchema {
  const title = displayName({ ref, ...(args !== undefined && { args }) });
  const fields: Field[] = [];
  const schema: ObjectSchema = {
    kind: 'object',
    name: componentName(title),
    ...(args !== undefined && args.length > 0 && { generic: true as const }),
    type: undefined,
    fields,
    extra: builder.defaults.extra,
    before: [],
    after: [],
    notes: present({ title, ...tagNotes(doc, tags) }),
  };
  keep(schema);
  const own = { ...where, type: shortName(ref), member: undefined, parameter: undefined };
  builder.fillIn(fields, () => fieldsOf(builder, members, own, bind(params, args)));
  return schema;
}

function fieldsOf(
  builder: SchemaBuilder,
  members: Members,
  where: Where,
  generics: Generics = NO_GENERICS,
): readonly Field[] {
  return Object.entries(members).flatMap(([name, member]) => {
    if (member.vis !== undefined) return [];
    const bound: MemberData = { ...member, t: substitute(member.t, generics) };
    const owner = member.from === undefined ? undefined : builder.types.classOf(member.from);
    const made =
      owner === undefined
        ? fieldOfMember(builder, name, bound, { ...where, member: name })
        : fieldOfClass(builder, builder.readerOf(owner), name, bound, where);
    return made ?? [];
  });
}

/** Beside fields of their own, an index signature lets others through, whatever they are. */
export function extraOf(builder: SchemaBuilder, index: TypeData | undefined, where: Where): Extra {
  if (index === undefined || index === 'never') return builder.defaults.extra;
  if (index === 'unknown' || index === 'any') return 'allow';
  const seen =
    'an index signature beside fields says what all other fields are, which is not checked';
  throw new BootError(
    'UNSUPPORTED_TYPE',
    where,
    seen,
    '`[name: string]: unknown`, or a field of the type `Record<string, …>`',
  );
}
