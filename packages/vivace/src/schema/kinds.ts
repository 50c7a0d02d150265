import type { Literal, TextFormat } from '../declare/class';
import { UploadFile } from '../declare/context-classes';
import type { JsonSchema } from './json-schema-type';
import { quoted } from './rules/words';
import type { LiteralSchema, EnumSchema, ScalarKind, ScalarSchema, Schema } from './schema';

/** What there is to know of a kind of value without parts, beside how it is read and written. */
interface Kind<K extends ScalarKind> {
  /** The schema of which nothing more is said; absent where more has to be said. */
  readonly plain?: ScalarSchema<K>;
  /** The classes that stand for it as a type. */
  readonly classes?: readonly Function[];
  /** The form of its text, where the kind itself says it. */
  readonly format?: TextFormat;
  /** As a JSON Schema, without constraints. */
  document(schema: ScalarSchema<K>): JsonSchema;
  /** What TypeScript calls it. */
  typescript(schema: ScalarSchema<K>): string;
  /** What pydantic calls it. */
  pydantic(schema: ScalarSchema<K>): string;
}

const KINDS: { readonly [K in ScalarKind]: Kind<K> } = {
  any: {
    plain: { kind: 'any' },
    document: () => ({}),
    typescript: () => 'unknown',
    pydantic: () => 'any',
  },
  null: {
    plain: { kind: 'null' },
    document: () => ({ type: 'null' }),
    typescript: () => 'null',
    pydantic: () => 'none',
  },
  string: {
    plain: { kind: 'string' },
    classes: [String],
    document: ({ format }) => textOf(format),
    typescript: ({ format }) => format ?? 'string',
    pydantic: (schema) =>
      schema.format === undefined
        ? constrained(schema, 'str')
        : (PYTHON_FORMATS[schema.format] ?? schema.format),
  },
  number: {
    plain: { kind: 'number' },
    classes: [Number],
    document: ({ integer }) => ({ type: integer === true ? 'integer' : 'number' }),
    typescript: ({ integer }) => (integer === true ? 'int' : 'number'),
    pydantic: (schema) => constrained(schema, schema.integer === true ? 'int' : 'float'),
  },
  boolean: {
    plain: { kind: 'boolean' },
    classes: [Boolean],
    document: () => ({ type: 'boolean' }),
    typescript: () => 'boolean',
    pydantic: () => 'bool',
  },
  bigint: {
    plain: { kind: 'bigint' },
    classes: [BigInt],
    document: () => ({ type: 'integer' }),
    typescript: () => 'bigint',
    pydantic: (schema) => constrained(schema, 'int'),
  },
  instant: {
    plain: { kind: 'instant' },
    classes: [Date],
    format: 'date-time',
    document: () => ({ type: 'string', format: 'date-time' }),
    typescript: () => 'Date',
    pydantic: () => 'datetime',
  },
  bytes: {
    plain: { kind: 'bytes' },
    classes: [Uint8Array, Buffer, ArrayBuffer],
    document: ({ encoding }) => ({
      type: 'string',
      ...(encoding !== undefined && { contentEncoding: encoding }),
      contentMediaType: 'application/octet-stream',
    }),
    typescript: () => 'bytes',
    pydantic: () => 'bytes',
  },
  literal: {
    document: valuesOf,
    typescript: ({ values }) =>
      values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | '),
    pydantic: ({ values }) => `literal[${values.map(quoted).join(',')}]`,
  },
  enum: {
    document: valuesOf,
    typescript: ({ name }) => name,
    pydantic: ({ name, values }) => `${enumOf(values)}[${name}]`,
  },
  file: {
    plain: { kind: 'file' },
    classes: [UploadFile],
    document: () => ({ type: 'string', contentMediaType: 'application/octet-stream' }),
    typescript: () => 'file',
    pydantic: () => 'file',
  },
};

/** Whether a value of it has no parts that are read on their own. */
export const isScalar = (schema: Schema): schema is ScalarSchema => isScalarKind(schema.kind);
const isScalarKind = (kind: string): kind is ScalarKind => Object.hasOwn(KINDS, kind);

/** As a JSON Schema, without constraints. */
export const scalarDocument = <K extends ScalarKind>(schema: ScalarSchema<K>): JsonSchema =>
  KINDS[schema.kind].document(schema);
export const scalarTypeScript = <K extends ScalarKind>(schema: ScalarSchema<K>): string =>
  KINDS[schema.kind].typescript(schema);
export const scalarPydantic = <K extends ScalarKind>(schema: ScalarSchema<K>): string =>
  KINDS[schema.kind].pydantic(schema);

/** The form of the text that a value is read from. */
export function formatOf(schema: Schema): TextFormat | undefined {
  if (schema.kind === 'string') return schema.format;
  return isScalar(schema) ? KINDS[schema.kind].format : undefined;
}

/** The schema of a kind of which nothing more is said; undefined for kinds of which more has to be said. */
export const plainOf = (kind: string): ScalarSchema | undefined =>
  isScalarKind(kind) ? KINDS[kind].plain : undefined;

const BY_CLASS: ReadonlyMap<unknown, ScalarSchema> = new Map(
  Object.values(KINDS).flatMap(({ classes = [], plain }) =>
    plain === undefined ? [] : classes.map((type) => [type, plain] as const),
  ),
);
const BY_CLASS_NAME = new Map(
  [...BY_CLASS].map(([type, plain]) => [(type as Function).name, plain] as const),
);

/** What a class stands for as a type: `Date`, `String`. */
export const plainOfClass = (type: unknown): ScalarSchema | undefined => BY_CLASS.get(type);
export const plainOfClassNamed = (name: string): ScalarSchema | undefined =>
  BY_CLASS_NAME.get(name);

function textOf(format: TextFormat | undefined): JsonSchema {
  if (format === undefined) return { type: 'string' };
  if (format === 'url') return { type: 'string', minLength: 1, maxLength: 2083, format: 'uri' };
  if (format === 'any-url') return { type: 'string', minLength: 1, format: 'uri' };
  return { type: 'string', format: format === 'ip' ? 'ipvanyaddress' : format };
}

function valuesOf({ values }: LiteralSchema | EnumSchema): JsonSchema {
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

const PYTHON_FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'datetime',
  duration: 'timedelta',
};

function constrained({ checks = [] }: Schema, name: string): string {
  return checks.length === 0 ? name : `constrained-${name}`;
}

function enumOf(values: readonly unknown[]): string {
  if (values.every((value) => typeof value === 'string')) return 'str-enum';
  return values.every(Number.isInteger) ? 'int-enum' : 'enum';
}
