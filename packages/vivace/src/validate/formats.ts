import { isIP } from 'node:net';
import { emailProblem, PLAIN_EMAIL } from '../schema/rules/email';
import type { TextFormat } from '../declare/class';
import { Refusal, unparsable } from './refusal';
import { durationProblem } from './duration';
import { parseDate, parseMoment, parseTime, parseTimestamp, timestampIn } from './temporal';

/** Readers of text of a form, or of a number that stands for it: give the text that is kept, or the reason why not. */
export const formatReaders: Readonly<Record<TextFormat, (value: unknown) => string | Refusal>> = {
  uuid: (value) => {
    if (typeof value !== 'string')
      return new Refusal('uuid_type', 'UUID input should be a string, bytes or UUID object');
    const error = UUID.test(value) ? undefined : uuidProblem(value);
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
    return WEB.test(value)
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
    typeof value === 'string' && isIP(value) !== 0
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
    if (DECIMAL.test(text)) return text;
    return /^[+-]?(?:inf(?:inity)?|s?nan)$/i.test(text)
      ? new Refusal('finite_number', 'Input should be a finite number')
      : new Refusal('decimal_parsing', 'Input should be a valid decimal');
  },
  date: readDate,
  'date-time': readDateTime,
  time: readTime,
  duration: readDuration,
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** `urn:uuid:` and 36 characters. */
const LONGEST_UUID = 45;
const WEB = /^[\s\0]*https?:/i;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function readDate(value: unknown): string | Refusal {
  const failed = (error: string) =>
    error.startsWith('year 0')
      ? unparsable('date_parsing', 'Input should be a valid date in the format YYYY-MM-DD', error)
      : unparsable('date_from_datetime_parsing', 'Input should be a valid date or datetime', error);
  const inexact = new Refusal(
    'date_from_datetime_inexact',
    'Datetimes provided to dates should have zero time - e.g. be exact dates',
  );
  const timestamp = typeof value === 'string' ? timestampIn(value) : value;
  if (typeof timestamp === 'number') {
    const instant = parseTimestamp(timestamp);
    if (typeof instant === 'string') return failed(instant);
    return instant % 86_400_000 === 0 ? new Date(instant).toISOString().slice(0, 10) : inexact;
  }
  if (typeof value !== 'string') return new Refusal('date_type', 'Input should be a valid date');
  if (typeof parseDate(value) !== 'string') return value;
  const moment = parseMoment(value);
  if (typeof moment === 'string') return failed(moment);
  return moment.hour + moment.minute + moment.second + moment.millisecond === 0
    ? value.slice(0, 10)
    : inexact;
}

function readDateTime(value: unknown): string | Refusal {
  const instant = readInstant(value);
  if (instant instanceof Refusal) return instant;
  return typeof value === 'string' && timestampIn(value) === undefined
    ? value
    : instant.toISOString();
}

/** An instant: ISO 8601 text, in UTC unless it has an offset, or seconds or milliseconds since 1970. */
export function readInstant(value: unknown): Date | Refusal {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  if (typeof value === 'number') {
    const instant = parseTimestamp(value);
    return typeof instant === 'number'
      ? new Date(instant)
      : unparsable('datetime_parsing', 'Input should be a valid datetime', instant);
  }
  if (typeof value !== 'string')
    return new Refusal('datetime_type', 'Input should be a valid datetime');
  const moment = parseMoment(value);
  if (typeof moment !== 'string') {
    const date = new Date(0);
    date.setUTCFullYear(moment.year, moment.month - 1, moment.day);
    date.setUTCHours(
      moment.hour,
      moment.minute - (moment.offset ?? 0),
      moment.second,
      moment.millisecond,
    );
    return date;
  }
  const timestamp = timestampIn(value);
  const parsed = timestamp === undefined ? parseDate(value) : parseTimestamp(timestamp);
  if (typeof parsed === 'number') return new Date(parsed);
  if (typeof parsed !== 'string') return new Date(`${value}T00:00:00Z`);
  return parsed.startsWith('year 0')
    ? unparsable('datetime_parsing', 'Input should be a valid datetime', parsed)
    : unparsable('datetime_from_date_parsing', 'Input should be a valid datetime or date', parsed);
}

function readTime(value: unknown): string | Refusal {
  const failed = (error: string) =>
    unparsable('time_parsing', 'Input should be in a valid time format', error);
  if (typeof value === 'number') {
    if (value < 0) return failed('time in seconds should be positive');
    if (!(value < 86_400)) return failed('numeric times may not exceed 86,399 seconds');
    return new Date(Math.round(value * 1000)).toISOString().slice(11);
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

function uuidProblem(text: string): string | undefined {
  const length = Buffer.byteLength(text);
  if (length > LONGEST_UUID) return `invalid length: found ${length}`;
  const braced = text.startsWith('{') && text.endsWith('}') && text.length > 1;
  const start = braced ? 1 : text.startsWith('urn:uuid:') ? 9 : 0;
  const inner = text.slice(start, braced ? -1 : undefined);
  if (UUID.test(inner) || (start === 0 && /^[0-9a-f]{32}$/i.test(inner))) return undefined;
  const wrong = /[^0-9A-Fa-f-]/u.exec(inner);
  if (wrong !== null) {
    const at = start + Buffer.byteLength(inner.slice(0, wrong.index));
    return `invalid character: found \`${wrong[0]}\` at ${at}`;
  }
  const groups = inner.split('-');
  if (groups.length === 1 && start === 0 && length !== 36) return `invalid length: found ${length}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4, 12];
  const at = groups.findIndex((group, index) => group.length !== lengths[index]);
  return `invalid group length in group ${at}: expected ${lengths[at]}, found ${groups[at]?.length}`;
}

function urlProblem(text: string): string | undefined {
  if (text === '') return 'input is empty';
  if (URL.canParse(text)) return undefined;
  const [, host] = /^[\s\0]*(?:https?|wss?|ftp):[\\/]*([^\\/?#]*)/i.exec(text) ?? [];
  if (host === undefined) {
    const [, other] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(text) ?? [];
    if (other === undefined) return 'relative URL without a base';
    const colon = other.lastIndexOf(':');
    return colon >= 0 && !other.includes(']', colon)
      ? 'invalid port number'
      : 'invalid domain character';
  }
  if (host === '' || host.startsWith(':')) return 'empty host';
  if (host.startsWith('[')) return 'invalid IPv6 address';
  const [, port] = /^[^:]*:(.*)$/s.exec(host) ?? [];
  if (port !== undefined && (/\D/.test(port) || port.length > 4)) return 'invalid port number';
  return /^[\d.]+$/.test(host) ? 'invalid IPv4 address' : 'invalid international domain name';
}
