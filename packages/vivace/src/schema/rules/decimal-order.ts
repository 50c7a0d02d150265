import { withoutEnd } from '../../text/ends';
import { formatOf } from '../kinds';
import type { Schema } from '../schema';

/** The parts of a decimal number written as text, without the zeros that do not count. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/** Reads a decimal number such as `-0012.50` or `1.5e3`. */
export function decimalParts(text: string): DecimalParts {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim()) ?? [];
  const shift = Math.max(-4000, Math.min(4000, Number(exponent)));
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const at = Math.max(0, point);
  return {
    negative: sign === '-',
    whole: padded.slice(0, at).replace(/^0+/, ''),
    fraction: withoutEnd(padded.slice(at), '0'),
  };
}

/** Negative, zero or positive, without the rounding of numbers. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [decimalParts(left), decimalParts(right)];
  const zero = (parts: DecimalParts) => parts.whole === '' && parts.fraction === '';
  if (zero(a) && zero(b)) return 0;
  if (a.negative !== b.negative) return zero(a) ? (b.negative ? 1 : -1) : a.negative ? -1 : 1;
  const size = compareSizes(a, b);
  return a.negative ? -size : size;
}

function compareSizes(a: DecimalParts, b: DecimalParts): number {
  if (a.whole.length !== b.whole.length) return a.whole.length - b.whole.length;
  if (a.whole !== b.whole) return a.whole < b.whole ? -1 : 1;
  return a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0;
}

/** Whether a schema is of text that stands for a decimal number. */
export const isDecimal = (schema: Schema): boolean => formatOf(schema) === 'decimal';
