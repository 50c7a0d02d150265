import { some } from '../schema/visit';
import type { Schema } from '../schema/schema';

/** Numbers of JSON that JavaScript does not hold as they were written: their text by the object or list that they stand in. */
const written = new WeakMap<object, Map<string, string>>();

/** How a number is wanted: by all its digits as a `bigint` or as the text of a `decimal`. */
export interface Digits {
  readonly integer: boolean;
  readonly text: boolean;
}

/** What is wanted of the digits in a text of JSON. */
export interface WantedDigits {
  /** Where the text is a number and nothing else; undefined: as the number. */
  readonly whole: Digits | undefined;
}

/** Parses JSON so that `digitsAt` finds the digits of numbers. */
export function parseExactly(text: string, { whole }: WantedDigits): unknown {
  const value: unknown = JSON.parse(text, remember);
  if (typeof value !== 'number' || whole === undefined) return value;
  const source = text.trim();
  return isLost(value, source) ? byDigits(value, source, whole) : value;
}

/** A reviver: `this` is what the value stands in, and stays so. */
function remember(
  this: object,
  key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  const source = context?.source;
  if (typeof value === 'number' && source !== undefined && isLost(value, source)) {
    const known = written.get(this) ?? new Map<string, string>();
    written.set(this, known.set(key, source));
  }
  return value;
}

/** Beyond the safe ones a whole number may also look as it was written and be another: 1152921504606847000. */
function isLost(value: number, source: string): boolean {
  return String(value) !== source || Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

function byDigits(value: number, source: string, { integer, text }: Digits): unknown {
  if (integer && /^-?\d+$/.test(source)) return BigInt(source);
  return text ? source : value;
}

/** What is read from a place: its number by the digits that were sent, if the schema wants them. */
export function digitsAt(
  holder: object,
  key: string | number,
  value: unknown,
  digits: Digits,
): unknown {
  if (typeof value !== 'number') return value;
  const source = written.get(holder)?.get(String(key));
  return source === undefined ? value : byDigits(value, source, digits);
}

const known = new WeakMap<Schema, Digits | 'none'>();

/** Whether a schema wants the digits of its numbers; one that is also any number does not. */
export function digitsOf(schema: Schema): Digits | undefined {
  let digits = known.get(schema);
  if (digits === undefined) {
    digits = wanted(schema) ?? 'none';
    known.set(schema, digits);
  }
  return digits === 'none' ? undefined : digits;
}

function wanted(schema: Schema): Digits | undefined {
  switch (schema.kind) {
    case 'bigint':
      return { integer: true, text: false };
    case 'string':
      return schema.format === 'decimal' ? { integer: false, text: true } : undefined;
    case 'secret':
      return digitsOf(schema.inner);
    case 'union': {
      const members = schema.members.map(digitsOf);
      // A number beside it takes the number, and a secret would take the text of a decimal for its own.
      const isOther = schema.members.some(({ kind }, at) =>
        kind === 'secret' ? members[at] === undefined : kind === 'number' || kind === 'any',
      );
      const integer = members.some((member) => member?.integer === true);
      const text = !isOther && members.some((member) => member?.text === true);
      return integer || text ? { integer, text } : undefined;
    }
    default:
      return undefined;
  }
}

/** What a schema wants of the text that is read by it; undefined where digits of no part are wanted. */
export function wantedDigits(schema: Schema): WantedDigits | undefined {
  const holdsSome = some(schema, (part) => digitsOf(part) !== undefined);
  return holdsSome ? { whole: digitsOf(schema) } : undefined;
}
