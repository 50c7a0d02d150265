import { present } from '../declare/present';
import { declarationOf } from '../declare/class-facts';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { EnumDefinition, MemberData, Reference, Tags, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import { ClassReader } from './class-reader';
import { inJson, strictly } from './constraints';
import { fieldOfClass, fieldOfMember } from './field';
import { schemaOfType } from './from-type';
import { schemaOfValue } from './from-value';
import {
  NO_GENERICS,
  type Generics,
  bind,
  componentName,
  displayName,
  shortName,
  substitute,
} from './generics';
import { membersOf, unreadableBase } from './members';
import { endless, LONGEST_ARGUMENTS, OpenAlias } from './recursive-alias';
import type { Class, Extra } from '../declare/class';
import type { EnumSchema, Field, ObjectSchema, Schema } from './schema';
import { tagNotes } from './tags';

/** Builds schemas from types, type values and classes; the same class gives the same schema, so recursive types end. */
export class SchemaBuilder {
  readonly #objects = new Map<string, ObjectSchema>();
  readonly #classes = new Map<Class, Map<string, ObjectSchema>>();
  readonly #enums = new Map<string, EnumSchema>();
  readonly #readers = new Map<Class, ClassReader>();
  readonly #aliases = new Map<string, OpenAlias>();

  constructor(
    readonly types: Types,
    readonly defaults: { readonly extra: Extra; readonly strict: boolean },
  ) {}

  /** The schema of a TypeScript type. */
  fromType(type: TypeData, where: Where, generics: Generics = NO_GENERICS): Schema {
    return this.#settled(schemaOfType(this, substitute(type, generics), where));
  }

  /** The schema of a type value: `Number`, `int`, `[T]`, `oneOf(…)`, a class. */
  fromValue(value: unknown, where: Where): Schema {
    return this.#settled(schemaOfValue(this, value, where));
  }

  /** The schema of a DTO class, of a generic one with its arguments; `resolved` is the id of its definition with them, where there is one. */
  fromClass(
    type: Class,
    where: Where,
    args?: readonly TypeData[],
    resolved?: string,
  ): ObjectSchema {
    const known = this.#classes.get(type) ?? new Map<string, ObjectSchema>();
    this.#classes.set(type, known);
    const key = JSON.stringify(args ?? []);
    return (
      known.get(key) ??
      this.#makeClass(type, where, args, resolved, (schema) => known.set(key, schema))
    );
  }

  /** Whether a class is a DTO: not injected, built without arguments, with fields. */
  isModel(type: Class): boolean {
    const facts = declarationOf(type);
    if (
      facts.injectable !== undefined ||
      facts.settings !== undefined ||
      facts.controller !== undefined
    )
      return false;
    const reader = this.readerOf(type);
    return !reader.takesArguments() && reader.hasFields();
  }

  /** What is written about a class and its fields. */
  readerOf(type: Class): ClassReader {
    const reader = this.#readers.get(type) ?? new ClassReader(type, this.types);
    this.#readers.set(type, reader);
    return reader;
  }

  /** An object type written in place. */
  objectOf(type: Extract<TypeData, { object: unknown }>, where: Where): Schema {
    const members = Object.entries(type.object);
    if (type.index !== undefined && members.length === 0) {
      return {
        kind: 'record',
        keys: { kind: 'string' },
        values: schemaOfType(this, type.index, where),
        as: 'object',
      };
    }
    const fields = this.#fieldsOf(type.object, where);
    const extra = this.#extraOf(type.index, where);
    return {
      kind: 'object',
      name: undefined,
      type: undefined,
      fields,
      extra,
      before: [],
      after: [],
    };
  }

  /** An interface or an alias of an object type: a component without a class. */
  interfaceOf(
    ref: string,
    args: readonly TypeData[] | undefined,
    props: Readonly<Record<string, MemberData>>,
    definition: {
      readonly params?: readonly string[];
      readonly doc?: string;
      readonly tags?: Tags;
    },
    where: Where,
  ): ObjectSchema {
    const key = JSON.stringify([ref, args ?? []]);
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    const title = displayName({ ref, ...(args !== undefined && { args }) });
    const fields: Field[] = [];
    const schema: ObjectSchema = {
      kind: 'object',
      name: componentName(title),
      type: undefined,
      fields,
      extra: this.defaults.extra,
      before: [],
      after: [],
      notes: present({ title, ...tagNotes(definition.doc, definition.tags ?? {}) }),
    };
    this.#objects.set(key, schema);
    const own = { ...where, type: shortName(ref), member: undefined, parameter: undefined };
    this.#fill(fields, () => this.#fieldsOf(props, own, bind(definition.params, args)));
    return schema;
  }

  enumOf(ref: string, definition: EnumDefinition): EnumSchema {
    const known = this.#enums.get(ref);
    if (known !== undefined) return known;
    const name = shortName(ref);
    const notes = present({ title: name, ...tagNotes(definition.doc, definition.tags ?? {}) });
    const schema: EnumSchema = {
      kind: 'enum',
      name,
      values: [...new Set(Object.values(definition.members))],
      notes,
    };
    this.#enums.set(ref, schema);
    return schema;
  }

  /** Expands an alias in place, unless it is made of itself: then it needs its name. */
  recursive({ ref, args }: Reference, expand: () => Schema, where: Where): Schema {
    const key = JSON.stringify([ref, args ?? []]);
    const known = this.#aliases.get(key);
    if (known !== undefined) return known.meet();
    if (key.length > LONGEST_ARGUMENTS) throw endless(shortName(ref), where);
    const alias = new OpenAlias(
      componentName(displayName({ ref, ...(args !== undefined && { args }) })),
    );
    this.#aliases.set(key, alias);
    let isClosed = false;
    try {
      const expanded = expand();
      isClosed = alias.isMet;
      return isClosed ? alias.close(inJson(this.#settled(expanded))) : expanded;
    } finally {
      if (!isClosed) this.#aliases.delete(key);
    }
  }

  #makeClass(
    type: Class,
    where: Where,
    args: readonly TypeData[] | undefined,
    resolved: string | undefined,
    keep: (schema: ObjectSchema) => void,
  ): ObjectSchema {
    const reader = this.readerOf(type);
    const { model } = reader;
    const definition = this.types.of(type);
    const own: Where = { type: type.name, ...this.types.place(type) };
    const base = resolved === undefined ? unreadableBase(this.types, type) : undefined;
    if (base !== undefined) throw baseWithoutFields(base, own);
    const name = model.name ?? type.name;
    const title =
      args === undefined || args.length === 0
        ? name
        : `${name}[${args.map(displayName).join(', ')}]`;
    const fields: Field[] = [];
    const schema: ObjectSchema = {
      kind: 'object',
      name: componentName(title),
      type,
      fields,
      extra: model.extra ?? this.#extraOf(definition?.index, { ...where, type: name }),
      before: reader.modelHooks('before'),
      after: reader.modelHooks('after'),
      notes: present({
        title,
        ...tagNotes(definition?.doc, definition?.tags ?? {}),
        ...reader.notes,
      }),
    };
    keep(schema);
    const members = membersOf(this.types, type, args, resolved);
    this.#fill(fields, () =>
      reader.fieldNames().flatMap((field) => {
        const made = fieldOfClass(
          this,
          reader,
          field,
          members.get(field),
          own.file === undefined ? { ...where, ...own } : own,
        );
        return made === undefined ? [] : [made];
      }),
    );
    return schema;
  }

  /** Fills in the fields of a schema that is known already; half a schema must not be found again. */
  #fill(fields: Field[], make: () => readonly Field[]): void {
    try {
      fields.push(...make());
    } catch (error) {
      this.#classes.clear();
      this.#objects.clear();
      this.#aliases.clear();
      throw error;
    }
  }

  #fieldsOf(
    props: Readonly<Record<string, MemberData>>,
    where: Where,
    generics: Generics = NO_GENERICS,
  ): Field[] {
    return Object.entries(props).flatMap(([name, member]) => {
      if (member.vis !== undefined) return [];
      const bound: MemberData = { ...member, t: substitute(member.t, generics) };
      const owner = member.from === undefined ? undefined : this.types.classOf(member.from);
      const made =
        owner === undefined
          ? fieldOfMember(this, name, bound, { ...where, member: name })
          : fieldOfClass(this, this.readerOf(owner), name, bound, where);
      return made === undefined ? [] : [made];
    });
  }

  /** Beside fields of their own, an index signature lets others through, whatever they are. */
  #extraOf(index: TypeData | undefined, where: Where): Extra {
    if (index === undefined || index === 'never') return this.defaults.extra;
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

  #settled(schema: Schema): Schema {
    return this.defaults.strict ? strictly(schema, true) : schema;
  }
}

function baseWithoutFields(base: TypeData, where: Where): BootError {
  const name =
    typeof base === 'string'
      ? base
      : 'unsupported' in base
        ? base.unsupported
        : 'builtin' in base
          ? base.builtin
          : displayName(base);
  return new BootError(
    'UNSUPPORTED_TYPE',
    where,
    `it extends ${name}, whose fields cannot be read`,
    'a class that extends nothing, or a class or interface with fields',
  );
}
