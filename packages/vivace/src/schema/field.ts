import { present } from '../declare/present';
import type { Rules } from '../declare/options/field-options';
import type { Where } from '../errors/where';
import type { MemberData } from '../reflect/type-data';
import type { SchemaBuilder } from './builder';
import { checkAgreement } from './agreement';
import type { ClassReader } from './class-reader';
import type { FieldTransforming, Transforming } from './class-transformer';
import type { Constraints } from './class-validator';
import { constrain, formatted, inJson, strictly, trimmed } from './constraints';
import { schemaOfType } from './from-type';
import { wireName } from './names';
import { narrowed } from './decorator-types';
import { typeOfField } from './field-type';
import { plainField } from './plain-field';
import type { Field, Schema } from './schema';
import { formatNamed, tagNotes, tagRules } from './tags';
import { notNull, nullable } from './union';
import { isHidden } from './wire-forms';

/** A field of an interface or object type: its member is all there is. */
export function fieldOfMember(
  builder: SchemaBuilder,
  name: string,
  member: MemberData,
  where: Where,
): Field {
  const schema = tagged(inJson(schemaOfType(builder, member.t, where)), member, where);
  return {
    ...plainField(name, builder.defaults.strict ? strictly(schema, true) : schema),
    presence: mayBeAbsent(member) ? 'optional' : 'required',
    ...(isHidden(member.t) && { output: false }),
    notes: tagNotes(member.doc, member.tags ?? {}),
  };
}

/** A field of a class: decorators come before the types file, that before `design:type`. */
export function fieldOfClass(
  builder: SchemaBuilder,
  reader: ClassReader,
  name: string,
  member: MemberData | undefined,
  place: Where,
): Field | undefined {
  if (
    reader.isComputed(name) &&
    reader.field(name) === undefined &&
    !reader.transforming.exposed.has(name)
  )
    return undefined;
  const fieldOf = (
    constraints: Constraints | undefined,
    transforming: Transforming = reader.transforming,
  ): Field =>
    fieldWith(builder, reader, name, member, { ...place, member: name }, constraints, transforming);
  const all = reader.constraints.get(name);
  if (all === undefined && !reader.transforming.grouped.has(name)) return fieldOf(undefined);
  const known = new Map<string, Field>();
  const inGroups = (groups: readonly string[]): Field => {
    const key = JSON.stringify(groups);
    const field =
      known.get(key) ??
      fieldOf(reader.constraintsIn(groups).get(name), reader.transformingIn(groups));
    known.set(key, field);
    return field;
  };
  return { ...fieldOf(all), inGroups };
}

function fieldWith(
  builder: SchemaBuilder,
  reader: ClassReader,
  name: string,
  member: MemberData | undefined,
  where: Where,
  constraints: Constraints | undefined,
  { fields, shows }: Transforming,
): Field {
  const { model } = reader;
  const facts = reader.field(name);
  // What is strict is known when all of the type is.
  const { strict = model.strict ?? builder.defaults.strict, ...options } = facts ?? {};
  const transforming = fields.get(name) ?? {};
  const computed = reader.isComputed(name);
  let schema = typeOfField(builder, reader, name, member, where);
  if (facts?.source !== 'file' && facts?.source !== 'form') schema = inJson(schema);
  checkAgreement({ tags: tagRules(member?.tags ?? {}, where), options }, constraints, where);
  schema = tagged(schema, member, where, options);
  const whole = (part: Schema): Schema => strictly(model.trim ? trimmed(part) : part, strict);

  const makeDefault =
    member?.opt && member.from !== undefined ? undefined : reader.defaultOf(name, member);
  const optional =
    constraints?.optional === true ||
    (member !== undefined && mayBeAbsent(member) && constraints?.defined !== true);
  const input = !computed && transforming.input !== false && shows(name, 'in');
  return {
    ...plainField(name, whole(constrained(schema, constraints, where))),
    ...namesOf(
      name,
      facts?.alias,
      transforming,
      model.byName === true,
      wireName(model.alias, name),
    ),
    presence:
      makeDefault !== undefined
        ? 'default'
        : optional || (!input && !computed)
          ? 'optional'
          : 'required',
    ...(makeDefault !== undefined && { makeDefault }),
    ...(makeDefault !== undefined && reader.varies(name, member) && { varies: true }),
    ...(constraints?.missing !== undefined && { missing: constraints.missing }),
    input,
    output:
      facts?.exclude !== true &&
      transforming.output !== false &&
      shows(name, 'out') &&
      !isHidden(member?.t),
    computed,
    ...(constraints !== undefined &&
      constraints.conditions.length > 0 && {
        conditional: {
          when: constraints.conditions,
          otherwise: whole(constraints.optional ? nullable(schema) : schema),
        },
      }),
    transformIn: transforming.transformIn ?? [],
    before: reader.fieldHooks(name, 'before'),
    after: reader.fieldHooks(name, 'after'),
    transformOut: transforming.transformOut ?? [],
    ...(transforming.serialized === true && { serialized: true }),
    notes: { ...tagNotes(member?.doc, member?.tags ?? {}), ...notesOf(facts) },
  };
}

/** Null is what `@IsOptional()` lets through, whatever else is said of the value. */
function constrained(schema: Schema, constraints: Constraints | undefined, where: Where): Schema {
  if (constraints === undefined) return schema;
  return constraints.optional
    ? nullable(narrowed(notNull(schema), constraints, where))
    : narrowed(schema, constraints, where);
}

/** A type that may be undefined may also be left out. */
export const mayBeAbsent = (member: MemberData): boolean =>
  member.opt === true ||
  member.t === 'undefined' ||
  (typeof member.t === 'object' && 'union' in member.t && member.t.union.includes('undefined'));

function namesOf(
  name: string,
  alias: string | { readonly in?: string | readonly string[]; readonly out?: string } | undefined,
  transforming: FieldTransforming,
  byName: boolean,
  byModel: string,
): Pick<Field, 'in' | 'out'> {
  const written = typeof alias === 'string' ? { in: alias, out: alias } : (alias ?? {});
  const read = written.in ?? transforming.nameIn ?? byModel;
  const names = typeof read === 'string' ? [read] : [...read];
  return {
    in: byName && !names.includes(name) ? [...names, name] : names,
    out: written.out ?? transforming.nameOut ?? byModel,
  };
}

/** With what JSDoc says; a decorator's rule comes before the tag of its name. */
function tagged(
  schema: Schema,
  { tags = {} }: Partial<MemberData> = {},
  where: Where,
  rules: Rules = {},
): Schema {
  return constrain(
    formatted(schema, formatNamed(tags['format']), where),
    { ...tagRules(tags, where), ...present(rules) },
    where,
  );
}

function notesOf(facts: ReturnType<ClassReader['field']>) {
  return present({
    title: facts?.title,
    description: facts?.description,
    examples: facts?.examples,
    deprecated: facts?.deprecated,
    schemaExtra: facts?.schemaExtra,
  });
}
