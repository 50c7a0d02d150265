import type { Notes } from '../declare/options/field-options';
import type { Check } from './check';
import { alternatives, anyOf } from './json-any-of';
import { shownDefault } from './json-default';
import type { JsonSchema } from './json-schema-type';
import { scalarDocument } from './kinds';
import { relocated, type Definition, type Described } from './library-definitions';
import { titleOf } from './names';
import { rules } from './rules';
import { textsOf } from './tags';
import type {
  Field,
  NamedSchema,
  ObjectSchema,
  Schema,
  StringSchema,
  TupleSchema,
  UnionSchema,
} from './schema';

export interface JsonSchemaOptions {
  /** Whether it describes what is read or what is written. */
  readonly mode: 'input' | 'output';
  /** The address of a named schema, which is written elsewhere. */
  readonly ref: (schema: NamedSchema) => string;
  /** Whether a field with a default is required in what is written. */
  readonly requiredDefaults?: boolean;
  /** The examples of a schema among the texts that comments give. */
  readonly examples?: (schema: Schema, texts: readonly string[]) => readonly unknown[];
}

/** Writes schemas as JSON Schema, with pydantic's titles and order of keys. */
export class JsonSchemaWriter {
  readonly #options: JsonSchemaOptions;

  constructor(options: JsonSchemaOptions) {
    this.#options = options;
  }

  write(schema: Schema): JsonSchema {
    if (isNamed(schema)) return { $ref: this.#options.ref(schema) };
    return { ...this.#withKeywords(schema), ...this.#notes(schema, schema.notes) };
  }

  /** The definition of a named schema. */
  component(schema: NamedSchema): JsonSchema {
    if (schema.kind === 'recursive') return this.write(schema.inner);
    if (schema.kind === 'definition') return this.#ofLibrary(schema);
    const written = schema.kind === 'enum' ? scalarDocument(schema) : this.#object(schema);
    return {
      ...written,
      ...this.#notes(schema, {
        ...(schema.name !== undefined && { title: schema.name }),
        ...schema.notes,
      }),
    };
  }

  /** Comments hold code as well: only what is a value of the schema is an example of it. */
  #notes(schema: Schema, notes: Notes = {}): JsonSchema {
    const texts = notes.examples && textsOf(notes.examples);
    if (texts === undefined || this.#options.examples === undefined) return notesOf(notes);
    const { examples: _, ...others } = notes;
    const examples = this.#options.examples(schema, texts);
    return notesOf(examples.length === 0 ? others : { ...others, examples });
  }

  #withKeywords(schema: Schema): JsonSchema {
    const checks = schema.checks ?? [];
    // A decimal is read from a number too, and only that has bounds as keywords.
    if (schema.kind === 'string' && schema.format === 'decimal')
      return this.#decimal(schema, checks);
    return checks.reduce<JsonSchema>(
      (written, check) => ({ ...written, ...keywordsOf(check, schema) }),
      this.#plain(schema),
    );
  }

  #plain(schema: Schema): JsonSchema {
    switch (schema.kind) {
      case 'list':
        return {
          items: this.write(schema.items),
          type: 'array',
          ...(schema.unique === true && { uniqueItems: true }),
        };
      case 'tuple':
        return this.#tuple(schema);
      case 'record':
        return this.#record(schema.keys, schema.values);
      case 'union':
        return this.#union(schema);
      case 'secret':
        return {
          ...this.write(schema.inner),
          ...(schema.inner.kind === 'string' && { format: 'password' }),
          writeOnly: true,
        };
      case 'recursive':
        return { $ref: this.#options.ref(schema) };
      case 'object':
        return this.#object(schema);
      case 'library':
        return this.#ofLibrary(schema);
      default:
        return scalarDocument(schema);
    }
  }

  #ofLibrary({ described }: { described: (mode: 'input' | 'output') => Described }): JsonSchema {
    return relocated(described(this.#options.mode), this.#options.ref);
  }

  #decimal(schema: StringSchema, checks: readonly Check[]): JsonSchema {
    const text = { type: 'string' };
    if (this.#options.mode === 'output') return text;
    return {
      anyOf: [
        checks.reduce<JsonSchema>(
          (written, check) => ({ ...written, ...keywordsOf(check, schema) }),
          { type: 'number' },
        ),
        text,
      ],
    };
  }

  #tuple({ items, required, rest }: TupleSchema): JsonSchema {
    return {
      ...(rest === undefined ? { maxItems: items.length } : { items: this.write(rest) }),
      minItems: required,
      ...(items.length > 0 && { prefixItems: items.map((item) => this.write(item)) }),
      type: 'array',
    };
  }

  #record(keys: Schema, values: Schema): JsonSchema {
    const { type: _, ...named } = this.write(keys);
    const propertyNames =
      keys.kind === 'number' || keys.kind === 'bigint' || keys.kind === 'boolean' ? {} : named;
    return {
      additionalProperties: values.kind === 'any' ? true : this.write(values),
      type: 'object',
      ...(Object.keys(propertyNames).length > 0 && { propertyNames }),
    };
  }

  #union({ members, discriminator }: UnionSchema): JsonSchema {
    if (discriminator === undefined)
      return anyOf(alternatives(members).map((member) => this.write(member)));
    const { field, members: byTag } = discriminator;
    const chosen = new Set(byTag.values());
    const oneOf = [...chosen].map((member) => this.write(member));
    const named = [...chosen].every(isNamed);
    const mapping = Object.fromEntries(
      [...byTag].map(([tag, member]) => [String(tag), this.write(member)['$ref']]),
    );
    const written = {
      ...(field !== undefined && named && { discriminator: { mapping, propertyName: field } }),
      oneOf,
    };
    const others = members.filter((member) => !chosen.has(member as ObjectSchema));
    return others.length === 0
      ? written
      : anyOf([written, ...others.map((member) => this.write(member))]);
  }

  #object(schema: ObjectSchema): JsonSchema {
    const input = this.#options.mode === 'input';
    const fields = schema.fields.filter((field) => (input ? field.input : field.output));
    const nameOf = (field: Field): string => (input ? (field.in[0] ?? field.name) : field.out);
    const defaults = !input && this.#options.requiredDefaults === true;
    const required = fields
      .filter(({ presence }) => presence === 'required' || (defaults && presence === 'default'))
      .map(nameOf);
    return {
      properties: Object.fromEntries(
        fields.map((field) => [nameOf(field), this.#field(field, nameOf(field))]),
      ),
      ...(schema.extra !== 'ignore' && { additionalProperties: schema.extra === 'allow' }),
      type: 'object',
      ...(required.length > 0 && { required }),
    };
  }

  /** A field: its type, a title where the type has none of its own, and the default. */
  #field(field: Field, name: string): JsonSchema {
    const { schema, notes, makeDefault, varies, computed } = field;
    const written = this.write(schema);
    const { title, ...others } = notes;
    const isTitled = isNullableName(schema) || 'title' in written;
    const implied = field.impliedTitle ?? (isTitled ? undefined : titleOf(name));
    const shown = title ?? ('$ref' in written ? undefined : implied);
    return {
      ...written,
      ...(shown !== undefined && { title: shown }),
      ...this.#notes(schema, others),
      ...(makeDefault !== undefined && !varies && shownDefault(makeDefault())),
      ...(computed && { readOnly: true }),
    };
  }
}

/** What a document has under a name of its own. */
export const isNamed = (schema: Schema): schema is Exclude<NamedSchema, Definition> =>
  schema.kind === 'enum' ||
  schema.kind === 'recursive' ||
  (schema.kind === 'object' && schema.name !== undefined);

/** A named type or null: pydantic takes the title of the type for enough. */
function isNullableName(schema: Schema): boolean {
  if (schema.kind !== 'union') return false;
  const others = schema.members.filter((member) => member.kind !== 'null');
  return others.length === 1 && others.length < schema.members.length && others.every(isNamed);
}

/** What a constraint says as a keyword of JSON Schema. */
export function keywordsOf({ rule, args }: Check, schema: Schema): JsonSchema {
  return rules[rule]?.document?.(args, schema) ?? {};
}

function notesOf({ title, description, examples, deprecated, schemaExtra }: Notes): JsonSchema {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(deprecated === true && { deprecated }),
    ...(examples !== undefined && { examples }),
    ...schemaExtra,
  };
}
