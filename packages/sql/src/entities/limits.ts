/** What is wrong with a value, in the words of every 422. */
export interface Problem {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}
/** Says what a kind of column cannot keep exactly; the value is neither null nor undefined. */
export type Limit = (value: unknown) => Problem | undefined;

export const INT32: readonly [number, number] = [-2147483648, 2147483647];

/** Text with U+0000 cannot be stored at all, and half of a surrogate pair would become another character. */
export const text: Limit = (value) =>
  typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'))
    ? undefined
    : { type: 'string_unicode', msg: 'Input should be text without U+0000 and lone surrogates' };

export function length(most: number): Limit {
  // The database counts characters, as the rule does not: it counts no fewer.
  return (value) =>
    text(value) ??
    (typeof value === 'string' && [...value].length > most
      ? {
          type: 'string_too_long',
          msg: `String should have at most ${most} characters`,
          ctx: { max_length: most },
        }
      : undefined);
}

export function whole(least: number | bigint, most: number | bigint): Limit {
  return (value) =>
    typeof value !== 'number' && typeof value !== 'bigint'
      ? undefined
      : typeof value === 'number' && !Number.isSafeInteger(value)
        ? { type: 'int_type', msg: 'Input should be a valid integer' }
        : value > most
          ? bound('less_than_equal', 'less than or equal to', 'le', most)
          : value < least
            ? bound('greater_than_equal', 'greater than or equal to', 'ge', least)
            : undefined;
}
function bound(type: string, words: string, key: string, limit: number | bigint): Problem {
  return { type, msg: `Input should be ${words} ${limit}`, ctx: { [key]: Number(limit) } };
}

/** Years as four digits: others are written in a way that the database reads differently. */
export const instant: Limit = (value) => {
  if (!(value instanceof Date)) return undefined;
  const year = value.getUTCFullYear();
  return year >= 1 && year <= 9999
    ? undefined
    : { type: 'datetime_parsing', msg: 'Input should be an instant of the years 1 to 9999' };
};

export const uuid: Limit = (value) =>
  typeof value !== 'string' || /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)
    ? undefined
    : { type: 'uuid_parsing', msg: 'Input should be a valid UUID' };

export const day: Limit = (value) =>
  typeof value !== 'string' || isDay(value)
    ? undefined
    : { type: 'date_parsing', msg: 'Input should be a day of the years 1 to 9999' };

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** A column of type `time` would drop an offset, and digits beyond the sixth. */
export const clock: Limit = (value) =>
  typeof value !== 'string' || /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(value)
    ? undefined
    : {
        type: 'time_parsing',
        msg: 'Input should be a time without offset, with at most 6 digits of a second',
      };

/** What `numeric` without bounds holds. */
const WIDEST = { precision: 147454, scale: 16383 };

export function decimal(precision = WIDEST.precision, scale = WIDEST.scale): Limit {
  return (value) => {
    if (typeof value !== 'string') return undefined;
    const digits = digitsOf(value);
    if (digits === undefined)
      return { type: 'decimal_parsing', msg: 'Input should be a valid decimal' };
    if (digits.fraction > scale)
      return {
        type: 'decimal_max_places',
        msg: `Decimal input should have no more than ${scale} decimal places`,
        ctx: { decimal_places: scale },
      };
    if (digits.whole > precision - scale)
      return {
        type: 'decimal_whole_digits',
        msg: `Decimal input should have no more than ${precision - scale} digits before the decimal point`,
        ctx: { whole_digits: precision - scale },
      };
    return undefined;
  };
}

/** How many digits stand before and behind the point, without the zeros that do not count. */
function digitsOf(text: string): { whole: number; fraction: number } | undefined {
  const parts = /^[+-]?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,6}))?$/i.exec(text.trim());
  const [, whole = '', fraction = '', exponent = '0'] = parts ?? [];
  if (parts === null || whole + fraction === '') return undefined;
  const written = whole + fraction;
  const first = written.search(/[1-9]/);
  if (first === -1) return { whole: 0, fraction: 0 };
  let last = written.length;
  while (written[last - 1] === '0') last -= 1;
  const point = whole.length + Number(exponent);
  return { whole: Math.max(0, point - first), fraction: Math.max(0, last - point) };
}

export function among(values: readonly (string | number)[]): Limit {
  return (value) =>
    values.includes(value as string)
      ? undefined
      : { type: 'enum', msg: `Input should be ${values.map((each) => `'${each}'`).join(' or ')}` };
}

export function each(limit: Limit): Limit {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    for (const item of value) {
      const problem = item === null || item === undefined ? NO_ITEM : limit(item);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}
const NO_ITEM: Problem = { type: 'list_type', msg: 'Input should be a list without null' };

/** What JSON has no words for: it would be null, or an object without what it holds. */
const said: Limit = (value) => {
  const isSaid =
    typeof value === 'number'
      ? Number.isFinite(value)
      : value instanceof Date
        ? !Number.isNaN(value.getTime())
        : !(value instanceof Map || value instanceof Set || ArrayBuffer.isView(value));
  return isSaid ? undefined : { type: 'json_type', msg: 'Input should be what JSON can say' };
};

/** JSON is text that is read by the database: the texts in it are held to the same. */
export const json: Limit = (value) => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    const problem = text(next) ?? said(next);
    if (problem !== undefined) return problem;
    if (typeof next === 'object' && next !== null) waiting.push(...Object.entries(next).flat());
  }
  return undefined;
};

export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= INT32[0] && value <= INT32[1];
}
