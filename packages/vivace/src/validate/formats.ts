import { isIP, isIPv6 } from 'node:net';
import { emailProblem, PLAIN_EMAIL } from '../schema/rules/email';
import type { TextFormat } from '../declare/class';
import { Refusal, unparsable } from './refusal';
import { durationProblem } from './duration';
import {
  isoText,
  parseDate,
  parseMoment,
  parseTime,
  parseTimestamp,
  timeText,
  timestampIn,
  YEAR_ZERO,
  type Instant,
  type Moment,
} from './temporal';
import { cleanUrl, urlProblem } from './url-problem';
import { isPlainUuid, uuidProblem } from './uuid-problem';

/** Readers of text of a form, or of a number that stands for it: give the text that is kept, or the reason why not. */
export const formatReaders: Readonly<Record<TextFormat, (value: unknown) => string | Refusal>> = {
  uuid: (value) => {
    if (typeof value !== 'string')
      return new Refusal('uuid_type', 'UUID input should be a string, bytes or UUID object');
    const error = isPlainUuid(value) ? undefined : uuidProblem(value);
    return error === undefined
      ? value
      : unparsable('uuid_parsing', 'Input should be a valid UUID', error);
  },
  email: (value) => {
    if (typeof value !== 'string')
      return new Refusal('string_type', 'Input should be a valid string');
    const reason = PLAIN_EMAIL.test(value) ? undefined : emailProblem(value);
    return reason === undefined
      ? value
      : new Refusal('value_error', `value is not a valid email address: ${reason}`, { reason });
  },
  url: (value) => {
    if (typeof value !== 'string')
      return new Refusal('url_type', 'URL input should be a string or URL');
    if (value.length > 2083)
      return new Refusal('url_too_long', 'URL should have at most 2083 characters', {
        max_length: 2083,
      });
    const error = urlProblem(value);
    if (error !== undefined) return unparsable('url_parsing', 'Input should be a valid URL', error);
    const expected = "'http' or 'https'";
    return WEB.test(cleanUrl(value))
      ? value
      : new Refusal('url_scheme', `URL scheme should be ${expected}`, {
          expected_schemes: expected,
        });
  },
  'any-url': (value) => {
    if (typeof value !== 'string')
      return new Refusal('url_type', 'URL input should be a string or URL');
    const error = urlProblem(value);
    return error === undefined
      ? value
      : unparsable('url_parsing', 'Input should be a valid URL', error);
  },
  ip: (value) =>
    typeof value === 'string' && isAddress(value)
      ? value
      : new Refusal('ip_any_address', 'value is not a valid IPv4 or IPv6 address'),
  decimal: (value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
      return new Refusal(
        'decimal_type',
        'Decimal input should be an integer, float, string or Decimal object',
      );
    }
    const text = String(value);
    if (DECIMAL.test(text) && !isTooLarge(text)) return text;
    return /^\s*[+-]?(?:inf(?:inity)?|s?nan\d*)\s*$/i.test(text.replaceAll('_', ''))
      ? new Refusal('finite_number', 'Input should be a finite number')
      : new Refusal('decimal_parsing', 'Input should be a valid decimal');
  },
  date: readDate,
  'date-time': readDateTime,
  time: readTime,
  duration: readDuration,
};

const WEB = /^https?:/i;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whether an exponent has more digits than pydantic counts. */
function isTooLarge(text: string): boolean {
  const [, exponent = ''] = text.toLowerCase().split('e');
  return exponent.replace(/^[+-]?0*/, '').length > 18;
}

/** An address of version 4 or 6, the latter with any zone. */
function isAddress(text: string): boolean {
  const at = text.indexOf('%');
  if (at < 0) return isIP(text) !== 0;
  const zone = text.slice(at + 1);
  return isIPv6(text.slice(0, at)) && zone !== '' && !/[%/]/.test(zone);
}

const notDate = (error: string) =>
  error === YEAR_ZERO
    ? unparsable('date_parsing', 'Input should be a valid date in the format YYYY-MM-DD', error)
    : unparsable('date_from_datetime_parsing', 'Input should be a valid date or datetime', error);
const INEXACT = new Refusal(
  'date_from_datetime_inexact',
  'Datetimes provided to dates should have zero time - e.g. be exact dates',
);

function readDate(value: unknown): string | Refusal {
  if (typeof value === 'number') return dateAt(parseTimestamp(value));
  if (typeof value !== 'string') return new Refusal('date_type', 'Input should be a valid date');
  const date = parseDate(value);
  if (typeof date !== 'string') return date.year === 0 ? notDate(YEAR_ZERO) : value;
  const moment = parseMoment(value);
  if (typeof moment === 'string') {
    const timestamp = timestampIn(value);
    return timestamp === undefined ? notDate(moment) : dateAt(parseTimestamp(timestamp));
  }
  if (moment.hour + moment.minute + moment.second + moment.microsecond > 0) return INEXACT;
  return moment.year === 0 ? notDate(YEAR_ZERO) : value.slice(0, 10);
}

function dateAt(instant: Instant | string): string | Refusal {
  if (typeof instant === 'string') return notDate(instant);
  const isExact = instant.milliseconds % 86_400_000 === 0 && instant.microseconds === 0;
  return isExact ? isoText(instant).slice(0, 10) : INEXACT;
}

const notMoment = (error: string) =>
  unparsable('datetime_parsing', 'Input should be a valid datetime', error);

function readDateTime(value: unknown): string | Refusal {
  const instant = instantOf(value);
  if (instant instanceof Refusal) return instant;
  return typeof value === 'string' && timestampIn(value) === undefined ? value : isoText(instant);
}

/** An instant: ISO 8601 text, in UTC unless it has an offset, or seconds or milliseconds since 1970. */
export function readInstant(value: unknown): Date | Refusal {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  const instant = instantOf(value);
  return instant instanceof Refusal ? instant : new Date(instant.milliseconds);
}

function instantOf(value: unknown): Instant | Refusal {
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return { milliseconds: value.getTime(), microseconds: 0 };
  if (typeof value === 'number') {
    const instant = parseTimestamp(value);
    return typeof instant === 'string' ? notMoment(instant) : instant;
  }
  if (typeof value !== 'string')
    return new Refusal('datetime_type', 'Input should be a valid datetime');
  const moment = parseMoment(value);
  if (typeof moment !== 'string')
    return moment.year === 0 ? notMoment(YEAR_ZERO) : instantAt(moment);
  const timestamp = timestampIn(value);
  const instant = timestamp === undefined ? moment : parseTimestamp(timestamp);
  if (typeof instant !== 'string') return instant;
  if (instant === YEAR_ZERO) return notMoment(instant);
  const date = parseDate(value);
  if (typeof date !== 'string')
    return date.year === 0
      ? notMoment(YEAR_ZERO)
      : instantAt({ ...date, hour: 0, minute: 0, second: 0, microsecond: 0, offset: 0 });
  // Numbers with a point are no dates.
  const reason = timestamp === undefined || value.includes('.') ? date : instant;
  return unparsable(
    'datetime_from_date_parsing',
    'Input should be a valid datetime or date',
    reason,
  );
}

function instantAt({ year, month, day, hour, minute, second, ...moment }: Moment): Instant {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const milliseconds = Math.floor(moment.microsecond / 1000);
  date.setUTCHours(hour, minute - (moment.offset ?? 0), second, milliseconds);
  return { milliseconds: date.getTime(), microseconds: moment.microsecond % 1000 };
}

function readTime(value: unknown): string | Refusal {
  const failed = (error: string) =>
    unparsable('time_parsing', 'Input should be in a valid time format', error);
  if (typeof value === 'number') {
    if (value < 0) return failed('time in seconds should be positive');
    return timeText(value) ?? failed('numeric times may not exceed 86,399 seconds');
  }
  if (typeof value !== 'string') return new Refusal('time_type', 'Input should be a valid time');
  const time = parseTime(value);
  return typeof time === 'string' ? failed(time) : value;
}

function readDuration(value: unknown): string | Refusal {
  const failed = (error: string) =>
    unparsable('time_delta_parsing', 'Input should be a valid timedelta', error);
  if (typeof value === 'number') {
    if (!(Math.abs(value) < 86_400 * 1e9))
      return failed('durations may not exceed 999,999,999 days');
    return isoDuration(value);
  }
  if (typeof value === 'boolean') return `PT${Number(value)}S`;
  if (typeof value !== 'string')
    return new Refusal('time_delta_type', 'Input should be a valid timedelta');
  const error = durationProblem(value);
  return error === undefined ? value : failed(error);
}

/** Days beside seconds where there are more seconds than 32 bits hold. */
function isoDuration(value: number): string {
  const sign = value < 0 ? '-' : '';
  const seconds = Math.abs(value);
  if (seconds < 2 ** 32) return `${sign}PT${plain(seconds)}S`;
  return `${sign}P${Math.floor(seconds / 86_400)}DT${plain(seconds % 86_400)}S`;
}

/** To the microsecond, never with an exponent. */
function plain(seconds: number): string {
  return String(Number(seconds.toFixed(6)));
}
