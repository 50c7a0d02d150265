import type { Class, Extra } from '../declare/class';
import { declarationOf } from '../declare/class-facts';
import { declaredLifetime } from '../declare/injectable';
import { present } from '../declare/present';
import type { Where } from '../errors/where';
import type { EnumDefinition, Reference, TypeData } from '../reflect/type-data';
import type { Types } from '../reflect/types';
import { ClassReader } from './class-reader';
import { inJson, strictly } from './constraints';
import { schemaOfClass } from './from-class';
import { schemaOfInterface, type Documented, type Members } from './from-members';
import { schemaOfType } from './from-type';
import { schemaOfValue } from './from-value';
import { NO_GENERICS, type Generics, substitute } from './generics';
import { componentName, displayName, shortName } from './type-names';
import { endless, LONGEST_ARGUMENTS, OpenAlias } from './recursive-alias';
import type { EnumSchema, Field, ObjectSchema, Schema } from './schema';
import { tagNotes } from './tags';

/** What an application says for all its DTOs. */
export interface SchemaDefaults {
  readonly extra: Extra;
  readonly strict: boolean;
}

/** Builds schemas from types, type values and classes; the same type gives the same schema, so recursive types end and what was compiled for one is found again. */
export class SchemaBuilder {
  readonly #types = new Map<string, Schema>();
  readonly #objects = new Map<string, ObjectSchema>();
  readonly #classes = new Map<Class, Map<string, ObjectSchema>>();
  readonly #enums = new Map<string, EnumSchema>();
  readonly #readers = new Map<Class, ClassReader>();
  readonly #aliases = new Map<string, OpenAlias>();

  constructor(
    readonly types: Types,
    readonly defaults: SchemaDefaults,
  ) {}

  /** The schema of a TypeScript type. */
  fromType(type: TypeData, where: Where, generics: Generics = NO_GENERICS): Schema {
    const bound = substitute(type, generics);
    const key = JSON.stringify(bound);
    const schema = this.#types.get(key) ?? this.#settled(schemaOfType(this, bound, where));
    this.#types.set(key, schema);
    return schema;
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
      schemaOfClass(this, type, where, args, resolved, (schema) => known.set(key, schema))
    );
  }

  /** Whether a class is a DTO: not injected, built without arguments, with fields. */
  isModel(type: Class): boolean {
    const facts = declarationOf(type);
    if (
      declaredLifetime(type) !== undefined ||
      facts.settings !== undefined ||
      facts.controller !== undefined
    )
      return false;
    const reader = this.readerOf(type);
    return !reader.takesArguments() && (reader.hasFields() || facts.model !== undefined);
  }

  /** What is written about a class and its fields. */
  readerOf(type: Class): ClassReader {
    const reader = this.#readers.get(type) ?? new ClassReader(type, this.types);
    this.#readers.set(type, reader);
    return reader;
  }

  /** The schema of an interface, or of an alias of an object type. */
  fromInterface(
    type: Reference,
    members: Members,
    definition: Documented,
    where: Where,
  ): ObjectSchema {
    const key = JSON.stringify([type.ref, type.args ?? []]);
    return (
      this.#objects.get(key) ??
      schemaOfInterface(this, type, members, definition, where, (schema) =>
        this.#objects.set(key, schema),
      )
    );
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
      (args ?? []).length > 0,
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

  /** Fills in the fields of a schema that is known already; half a schema must not be found again. */
  fillIn(fields: Field[], make: () => readonly Field[]): void {
    try {
      fields.push(...make());
    } catch (error) {
      this.#types.clear();
      this.#classes.clear();
      this.#objects.clear();
      this.#aliases.clear();
      throw error;
    }
  }

  #settled(schema: Schema): Schema {
    return this.defaults.strict ? strictly(schema, true) : schema;
  }
}
