import type { Check } from './check';
import { titleOf } from './names';
import { rules } from './rules';
import type { Literal } from '../declare/class';
import type { Notes } from '../declare/options/field-options';
import type {
  Field,
  NamedSchema,
  ObjectSchema,
  Schema,
  StringSchema,
  TupleSchema,
  UnionSchema,
} from './schema';

/** A JSON Schema, 2020-12. */
export type JsonSchema = Record<string, unknown>;

export interface JsonSchemaOptions {
  /** Whether it describes what is read or what is written. */
  readonly mode: 'input' | 'output';
  /** The address of a named schema, which is written elsewhere. */
  readonly ref: (schema: NamedSchema) => string;
}

/** Writes schemas as JSON Schema, with pydantic's titles and order of keys. */
export class JsonSchemaWriter {
  readonly #options: JsonSchemaOptions;

  constructor(options: JsonSchemaOptions) {
    this.#options = options;
  }

  write(schema: Schema): JsonSchema {
    if (isNamed(schema)) return { $ref: this.#options.ref(schema) };
    return { ...this.#withKeywords(schema), ...notesOf(schema.notes) };
  }

  /** The definition of a named schema. */
  component(schema: NamedSchema): JsonSchema {
    if (schema.kind === 'recursive') return this.write(schema.inner);
    const written = schema.kind === 'enum' ? { ...valuesOf(schema.values) } : this.#object(schema);
    return {
      ...written,
      ...notesOf({ ...(schema.name !== undefined && { title: schema.name }), ...schema.notes }),
    };
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
      case 'any':
        return {};
      case 'null':
        return { type: 'null' };
      case 'string':
        return textOf(schema);
      case 'number':
        return { type: schema.integer === true ? 'integer' : 'number' };
      case 'bigint':
        return { type: 'integer' };
      case 'boolean':
        return { type: 'boolean' };
      case 'instant':
        return { type: 'string', format: 'date-time' };
      case 'bytes':
        return {
          type: 'string',
          ...(schema.encoding !== undefined && { contentEncoding: schema.encoding }),
          contentMediaType: 'application/octet-stream',
        };
      case 'file':
        return { type: 'string', contentMediaType: 'application/octet-stream' };
      case 'literal':
      case 'enum':
        return valuesOf(schema.values);
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
    }
  }

  #decimal(schema: StringSchema, checks: readonly Check[]): JsonSchema {
    const text = { type: 'string', pattern: decimalPattern(checks) };
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
    if (discriminator === undefined) return { anyOf: members.map((member) => this.write(member)) };
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
      : { anyOf: [written, ...others.map((member) => this.write(member))] };
  }

  #object(schema: ObjectSchema): JsonSchema {
    const input = this.#options.mode === 'input';
    const fields = schema.fields.filter((field) => (input ? field.input : field.output));
    const nameOf = (field: Field): string => (input ? (field.in[0] ?? field.name) : field.out);
    const required = fields.filter((field) => field.presence === 'required').map(nameOf);
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
  #field({ schema, notes, makeDefault, varies, computed }: Field, name: string): JsonSchema {
    const written = this.write(schema);
    const { title, ...others } = notes;
    return {
      ...written,
      ...('$ref' in written || (title === undefined && isNullableName(schema))
        ? {}
        : { title: title ?? titleOf(name) }),
      ...notesOf(others),
      ...(makeDefault !== undefined && !varies && shownDefault(makeDefault())),
      ...(computed && { readOnly: true }),
    };
  }
}

const isNamed = (schema: Schema): schema is NamedSchema =>
  schema.kind === 'enum' ||
  schema.kind === 'recursive' ||
  (schema.kind === 'object' && schema.name !== undefined);

/** A named type or null: pydantic takes the title of the type for enough. */
function isNullableName(schema: Schema): boolean {
  if (schema.kind !== 'union') return false;
  const others = schema.members.filter((member) => member.kind !== 'null');
  return others.length === 1 && others.length < schema.members.length && others.every(isNamed);
}

function textOf({ format }: StringSchema): JsonSchema {
  if (format === undefined) return { type: 'string' };
  if (format === 'url') return { type: 'string', minLength: 1, maxLength: 2083, format: 'uri' };
  return { type: 'string', format: format === 'ip' ? 'ipvanyaddress' : format };
}

function valuesOf(values: readonly Literal[]): JsonSchema {
  const types = new Set(values.map(typeOf));
  const [type] = types;
  const shown = values.map((value) => (typeof value === 'bigint' ? Number(value) : value));
  const one = shown.length === 1 ? { const: shown[0] } : { enum: shown };
  return types.size === 1 ? { type, ...one } : one;
}

function typeOf(value: Literal): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer';
  return typeof value;
}

function keywordsOf({ rule, args }: Check, schema: Schema): JsonSchema {
  return rules[rule]?.document?.(args, schema) ?? {};
}

function notesOf({
  title,
  description,
  examples,
  deprecated,
  schemaExtra,
}: Notes = {}): JsonSchema {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(deprecated === true && { deprecated }),
    ...(examples !== undefined && { examples }),
    ...schemaExtra,
  };
}

/** Null says no more than the type; of other values those that JSON can hold are shown. */
function shownDefault(value: unknown): JsonSchema {
  if (value === undefined || value === null) return {};
  const json = jsonOf(value);
  return json === undefined ? {} : { default: json };
}

function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Set) return jsonOf([...value]);
  if (value instanceof Map) return jsonOf(Object.fromEntries(value));
  try {
    const text = JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? Number(inner) : inner,
    );
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Pydantic's, for decimal numbers as text: as many digits as the constraints allow, and zeros that do not count. */
function decimalPattern(checks: readonly Check[]): string {
  const limit = (rule: string) =>
    checks.find((check) => check.rule === rule)?.args[0] as number | undefined;
  const [digits, places] = [limit('maxDigits'), limit('decimalPlaces')];
  const start = '^(?!^[-+.]*$)[+-]?0*';
  if (digits === undefined)
    return `${start}\\d*\\.?\\d${places === undefined ? '*' : `{0,${places}}0*`}$`;
  const whole = Math.max(0, digits - (places ?? 0));
  const point = places === undefined ? '\\d*\\.\\d*' : `\\d{0,${whole}}\\.\\d{0,${places}}`;
  return `${start}(?:\\d{0,${whole}}|(?=[\\d.]{1,${digits + 1}}0*$)${point}0*$)`;
}
