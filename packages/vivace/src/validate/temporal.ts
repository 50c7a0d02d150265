/*
 * Dates, times and durations as text, read as pydantic reads them: a parser gives the value, or the reason as a text.
 */

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Minutes east of Greenwich; undefined without an offset. */
  readonly offset: number | undefined;
}
export type Moment = CalendarDate & TimeOfDay;
/** Milliseconds since 1970, and what is left of the next. */
export interface Instant {
  readonly milliseconds: number;
  readonly microseconds: number;
}

export const YEAR_ZERO = 'year 0 is out of range';
export const TOO_SHORT = 'input is too short';
const TOO_LONG = 'unexpected extra characters at the end of the input';
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Numbers beyond it are milliseconds, not seconds. */
const WATERSHED = 2e10;
const TOO_LATE = 'dates after 9999 are not supported as unix timestamps';
const TOO_EARLY = 'dates before 0000 are not supported as unix timestamps';
const LATEST = 253_402_300_799_999;
const EARLIEST = -62_167_219_200_000;
const YEAR_ONE = -62_135_596_800_000;

export function parseDate(text: string): CalendarDate | string {
  const date = dateAtStart(text);
  return typeof date === 'string' || text.length === 10 ? date : TOO_LONG;
}

export function parseMoment(text: string): Moment | string {
  const date = dateAtStart(text);
  if (typeof date === 'string') return date;
  if (text.length === 10) return TOO_SHORT;
  if (!'Tt_ '.includes(text.charAt(10)))
    return 'invalid datetime separator, expected `T`, `t`, `_` or space';
  const time = parseTime(text.slice(11));
  return typeof time === 'string' ? time : { ...date, ...time };
}

export function parseTime(text: string): TimeOfDay | string {
  const clock = parseClock(text);
  if (typeof clock === 'string') return clock;
  const { end, ...time } = clock;
  const offset = parseOffset(text.slice(end));
  return typeof offset === 'string' ? offset : { ...time, offset };
}

/** Why a text is no time without an offset. */
export function clockProblem(text: string): string | undefined {
  const clock = parseClock(text);
  if (typeof clock === 'string') return clock;
  return clock.end < text.length ? TOO_LONG : undefined;
}

function parseClock(text: string): (Omit<TimeOfDay, 'offset'> & { readonly end: number }) | string {
  if (isShorter(text, 5)) return TOO_SHORT;
  const hour = digits(text, 0);
  if (hour === undefined) return 'invalid character in hour';
  if (text[2] !== ':') return 'invalid time separator, expected `:`';
  const minute = digits(text, 3);
  if (minute === undefined) return 'invalid character in minute';
  if (hour > 23) return 'hour value is outside expected range of 0-23';
  if (minute > 59) return 'minute value is outside expected range of 0-59';
  if (text[5] !== ':') return { hour, minute, second: 0, microsecond: 0, end: 5 };
  const second = digits(text, 6);
  if (second === undefined) return 'invalid character in second';
  if (second > 59) return 'second value is outside expected range of 0-59';
  if (text[8] !== '.' && text[8] !== ',') return { hour, minute, second, microsecond: 0, end: 8 };
  const fraction = /\d*/y;
  fraction.lastIndex = 9;
  const [found] = fraction.exec(text)!;
  if (found === '') return 'second fraction digits missing after `.`';
  const microsecond = Number(found.slice(0, 6).padEnd(6, '0'));
  return { hour, minute, second, microsecond, end: 9 + found.length };
}

/** Seconds or milliseconds since 1970, to the microsecond. */
export function parseTimestamp(value: number): Instant | string {
  if (Number.isNaN(value)) return 'NaN values not permitted';
  if (value > LATEST) return TOO_LATE;
  if (value < EARLIEST) return TOO_EARLY;
  const unit = Math.abs(value) > WATERSHED ? 1000 : 1_000_000;
  const whole = Math.floor(value);
  const fraction = Math.round((value - whole) * unit);
  const milliseconds = whole * (unit / 1000) + Math.floor(fraction / 1000);
  if (milliseconds > LATEST) return TOO_LATE;
  if (milliseconds < EARLIEST) return TOO_EARLY;
  return milliseconds < YEAR_ONE ? YEAR_ZERO : { milliseconds, microseconds: fraction % 1000 };
}

/** ISO 8601, with as many digits as are needed, three at least. */
export function isoText({ milliseconds, microseconds }: Instant): string {
  const text = new Date(milliseconds).toISOString();
  return microseconds === 0 ? text : `${text.slice(0, -1)}${pad(microseconds)}Z`;
}

/** The time of day after so many seconds; undefined where that is another day. */
export function timeText(seconds: number): string | undefined {
  const whole = Math.floor(seconds);
  const fraction = Math.round((seconds - whole) * 1_000_000);
  const milliseconds = whole * 1000 + Math.floor(fraction / 1000);
  if (!(milliseconds < 86_400_000)) return undefined;
  return isoText({ milliseconds, microseconds: fraction % 1000 }).slice(11);
}

const pad = (microseconds: number): string => String(microseconds).padStart(3, '0');

/** The number of seconds or milliseconds that a text is, of 64 bits; undefined if it is none. */
export function timestampIn(text: string): number | undefined {
  if (text.includes('.')) {
    const number = FRACTIONAL.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
  }
  if (!WHOLE.test(text)) return undefined;
  const digits = text.replace(/^[+-]/, '').replace(/^0+/, '');
  return digits.length < 20 && BigInt(digits) < 2n ** 63n ? Number(text) : undefined;
}

const WHOLE = /^[+-]?\d+$/;
const FRACTIONAL = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** In bytes, as pydantic counts. */
function isShorter(text: string, size: number): boolean {
  return text.length < size && Buffer.byteLength(text) < size;
}

function dateAtStart(text: string): CalendarDate | string {
  if (isShorter(text, 10)) return TOO_SHORT;
  const century = digits(text, 0);
  const rest = digits(text, 2);
  if (century === undefined || rest === undefined) return 'invalid character in year';
  if (text[4] !== '-') return 'invalid date separator, expected `-`';
  const month = digits(text, 5);
  if (month === undefined) return 'invalid character in month';
  if (text[7] !== '-') return 'invalid date separator, expected `-`';
  const day = digits(text, 8);
  if (day === undefined) return 'invalid character in day';
  const year = century * 100 + rest;
  if (month < 1 || month > 12) return 'month value is outside expected range of 1-12';
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day < 1 || day > (DAYS[month - 1] ?? 0) || (month === 2 && day === 29 && !leap))
    return 'day value is outside expected range';
  return { year, month, day };
}

function parseOffset(text: string): number | string | undefined {
  if (text === '') return undefined;
  if (text === 'Z' || text === 'z') return 0;
  if (text[0] === 'Z' || text[0] === 'z') return TOO_LONG;
  if (!'+-\u2212'.includes(text.charAt(0))) return 'invalid timezone sign';
  const hours = digits(text, 1);
  if (hours === undefined) return 'invalid timezone hour';
  const at = text[3] === ':' ? 4 : 3;
  const minutes = digits(text, at);
  if (minutes === undefined) return 'invalid timezone minute';
  if (minutes > 59) return 'timezone minute value is outside expected range of 0-59';
  if (hours > 23) return 'timezone offset must be less than 24 hours';
  if (text.length > at + 2) return TOO_LONG;
  return (hours * 60 + minutes) * (text[0] === '+' ? 1 : -1);
}

/** Two ASCII digits at a place. */
function digits(text: string, at: number): number | undefined {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : undefined;
}
