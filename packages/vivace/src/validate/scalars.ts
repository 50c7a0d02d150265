import { UploadFile } from '../declare/context-classes';
import type {
  BytesSchema,
  EnumSchema,
  LiteralSchema,
  NumberSchema,
  ScalarKind,
  ScalarSchema,
  StringSchema,
} from '../schema/schema';
import { listed } from '../schema/rules/words';
import { formatReaders, readInstant } from './formats';
import { Refusal } from './refusal';

/** JSON values, or the texts of path, query, headers, cookies, forms and environment. */
export type Mode = 'json' | 'text';

/** Whether a value is converted that stands for another. */
export const isLax = ({ strict }: ScalarSchema, mode: Mode): boolean =>
  mode === 'text' || strict !== true;

/** Reads a value without parts, converting it where that is allowed; gives the reason if it does not fit. Constraints come later. */
export function readScalar<K extends ScalarKind>(
  schema: ScalarSchema<K>,
  value: unknown,
  mode: Mode,
): unknown {
  return READERS[schema.kind](schema, value, isLax(schema, mode), mode);
}

type Reader<K extends ScalarKind> = (
  schema: ScalarSchema<K>,
  value: unknown,
  lax: boolean,
  mode: Mode,
) => unknown;

/** How a value of each kind is read. */
export const READERS: { readonly [K in ScalarKind]: Reader<K> } = {
  any: (_schema, value) => value,
  null: (_schema, value) => (value === null ? null : NOT_NULL),
  string: readText,
  number: (schema, value, lax) =>
    schema.integer === true ? readInteger(value, lax) : readNumber(schema, value, lax),
  boolean: (_schema, value, lax) =>
    typeof value === 'boolean' ? value : lax ? readBoolean(value) : NOT_BOOLEAN,
  bigint: (_schema, value, lax) => readBigInt(value, lax),
  instant: (_schema, value, lax) => readInstant(lax || typeof value !== 'number' ? value : null),
  bytes: readBytes,
  literal: readLiteral,
  enum: readEnum,
  file: (_schema, value) => (value instanceof UploadFile ? value : NOT_FILE),
};

const NOT_NULL = new Refusal('none_required', 'Input should be None');
const NOT_TEXT = new Refusal('string_type', 'Input should be a valid string');
const NOT_INTEGER = new Refusal('int_type', 'Input should be a valid integer');
const NOT_INTEGER_TEXT = new Refusal(
  'int_parsing',
  'Input should be a valid integer, unable to parse string as an integer',
);
const FRACTION = new Refusal(
  'int_from_float',
  'Input should be a valid integer, got a number with a fractional part',
);
const TOO_LARGE = new Refusal(
  'int_parsing_size',
  'Unable to parse input string as an integer, exceeded maximum size',
);
const NOT_NUMBER = new Refusal('float_type', 'Input should be a valid number');
const NOT_NUMBER_TEXT = new Refusal(
  'float_parsing',
  'Input should be a valid number, unable to parse string as a number',
);
const NOT_FINITE = new Refusal('finite_number', 'Input should be a finite number');
const NOT_BOOLEAN = new Refusal('bool_type', 'Input should be a valid boolean');
const NOT_BOOLEAN_TEXT = new Refusal(
  'bool_parsing',
  'Input should be a valid boolean, unable to interpret input',
);
const NOT_BYTES = new Refusal('bytes_type', 'Input should be a valid bytes');
const NOT_FILE = new Refusal('value_error', 'Value error, Expected UploadFile', { error: {} });

const INTEGER = /^[+-]?\d+(?:\.0+)?$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?(?:inf(?:inity)?|nan)$/i;
const WORDS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...['1', 'true', 't', 'yes', 'y', 'on', 1].map((word) => [word, true] as const),
  ...['0', 'false', 'f', 'no', 'n', 'off', 0].map((word) => [word, false] as const),
]);

function readText({ format, trim }: StringSchema, value: unknown, lax: boolean): unknown {
  const text = trim === true && typeof value === 'string' ? value.trim() : value;
  if (format !== undefined)
    return formatReaders[format](lax || typeof text === 'string' ? text : null);
  return typeof text === 'string' ? text : NOT_TEXT;
}

function readInteger(value: unknown, lax: boolean): number | Refusal {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    if (Number.isInteger(value)) return TOO_LARGE;
    if (!lax) return NOT_INTEGER;
    return Number.isFinite(value) ? FRACTION : NOT_FINITE;
  }
  if (!lax) return NOT_INTEGER;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint') return safe(Number(value));
  if (typeof value !== 'string') return NOT_INTEGER;
  return INTEGER.test(value) ? safe(Number(value)) : NOT_INTEGER_TEXT;
}

function safe(value: number): number | Refusal {
  return Number.isSafeInteger(value) ? value : TOO_LARGE;
}

function readNumber(schema: NumberSchema, value: unknown, lax: boolean): number | Refusal {
  if (typeof value === 'number')
    return Number.isFinite(value) || schema.allowInfNan === true ? value : NOT_FINITE;
  if (!lax) return NOT_NUMBER;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return NOT_NUMBER;
  const infinite = INFINITE.test(value);
  if (!infinite && !NUMBER.test(value)) return NOT_NUMBER_TEXT;
  const number = infinite ? unlimited(value) : Number(value);
  return Number.isFinite(number) || schema.allowInfNan === true ? number : NOT_FINITE;
}

function unlimited(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? -Infinity : Infinity;
}

function readBoolean(value: unknown): boolean | Refusal {
  const known = WORDS.get(typeof value === 'string' ? value.toLowerCase() : value);
  if (known !== undefined) return known;
  return typeof value === 'string' || isWhole(value) ? NOT_BOOLEAN_TEXT : NOT_BOOLEAN;
}

/** Whether a number is one of 64 bits to pydantic. */
function isWhole(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 63;
}

function readBigInt(value: unknown, lax: boolean): bigint | Refusal {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') {
    if (!lax) return NOT_INTEGER;
    return INTEGER.test(value) && value.length < 4300
      ? BigInt(value.split('.')[0]!.replace('+', ''))
      : NOT_INTEGER_TEXT;
  }
  const number = readInteger(value, lax);
  return number instanceof Refusal ? number : BigInt(number);
}

function readBytes(schema: BytesSchema, value: unknown): Uint8Array | Refusal {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return NOT_BYTES;
  if (schema.encoding !== 'base64') return Buffer.from(value, 'utf8');
  const error = base64Problem(value);
  if (error === undefined) return Buffer.from(value, 'base64');
  return new Refusal('bytes_invalid_encoding', `Data should be valid base64: ${error}`, {
    encoding: 'base64',
    encoding_error: error,
  });
}

/** Either alphabet, with or without padding. */
function base64Problem(text: string): string | undefined {
  const alphabet = /[+/]/.test(text) ? /[^A-Za-z0-9+/]/ : /[^A-Za-z0-9_-]/;
  const symbols = text.replace(/={0,2}$/, '');
  const wrong = alphabet.exec(symbols);
  if (wrong !== null)
    return `Invalid symbol ${Buffer.from(wrong[0])[0]}, offset ${Buffer.byteLength(text.slice(0, wrong.index))}.`;
  if (symbols.length % 4 === 1) return `Invalid input length: ${symbols.length}`;
  if (text.length > symbols.length && text.length % 4 !== 0) return 'Invalid padding';
  return undefined;
}

const isOneOf = (values: readonly unknown[], value: unknown): boolean => values.includes(value);

function readLiteral(schema: LiteralSchema, value: unknown, _lax: boolean, mode: Mode): unknown {
  if (isOneOf(schema.values, value)) return value;
  // JSON has one kind of number.
  if (Number.isSafeInteger(value) && schema.values.includes(BigInt(value as number)))
    return BigInt(value as number);
  if (mode === 'text') {
    const named = schema.values.find((literal) => literal !== null && String(literal) === value);
    if (named !== undefined) return named;
  }
  const expected = listed(schema.values);
  return new Refusal('literal_error', `Input should be ${expected}`, { expected });
}

function readEnum(schema: EnumSchema, value: unknown, lax: boolean): unknown {
  if (isOneOf(schema.values, value)) return value;
  const numeric = lax && schema.values.every((member) => typeof member === 'number');
  const number =
    numeric && (typeof value === 'string' || typeof value === 'boolean')
      ? readInteger(value, true)
      : undefined;
  if (typeof number === 'number' && schema.values.includes(number)) return number;
  const expected = listed(schema.values);
  return new Refusal('enum', `Input should be ${expected}`, { expected });
}
