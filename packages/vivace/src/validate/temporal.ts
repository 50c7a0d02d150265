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
  readonly millisecond: number;
  /** Minutes east of Greenwich; undefined without an offset. */
  readonly offset: number | undefined;
}
export type Moment = CalendarDate & TimeOfDay;

const TOO_SHORT = 'input is too short';
const TOO_LONG = 'unexpected extra characters at the end of the input';
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Numbers beyond it are milliseconds, not seconds. */
const WATERSHED = 2e10;
const LATEST = 253_402_300_799_999;
const EARLIEST = -62_167_219_200_000;

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
  if (text.length < 5) return TOO_SHORT;
  const hour = digits(text, 0);
  if (hour === undefined) return 'invalid character in hour';
  if (text[2] !== ':') return 'invalid time separator, expected `:`';
  const minute = digits(text, 3);
  if (minute === undefined) return 'invalid character in minute';
  if (hour > 23) return 'hour value is outside expected range of 0-23';
  if (minute > 59) return 'minute value is outside expected range of 0-59';
  let second: number | undefined = 0;
  let millisecond = 0;
  let at = 5;
  if (text[at] === ':') {
    second = digits(text, 6);
    if (second === undefined) return 'invalid character in second';
    if (second > 59) return 'second value is outside expected range of 0-59';
    at = 8;
    if (text[at] === '.' || text[at] === ',') {
      const fraction = /^\d*/.exec(text.slice(at + 1))![0];
      if (fraction === '') return 'second fraction digits missing after `.`';
      millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
      at += 1 + fraction.length;
    }
  }
  const offset = parseOffset(text.slice(at));
  return typeof offset === 'string' ? offset : { hour, minute, second, millisecond, offset };
}

/** Seconds or milliseconds since 1970, in milliseconds. */
export function parseTimestamp(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN values not permitted';
  const milliseconds = Math.abs(value) > WATERSHED ? Math.round(value) : Math.round(value * 1000);
  if (milliseconds > LATEST) return 'dates after 9999 are not supported as unix timestamps';
  return milliseconds < EARLIEST
    ? 'dates before 0000 are not supported as unix timestamps'
    : milliseconds;
}

/** Whether a text is a number of seconds or milliseconds. */
export function isTimestamp(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text);
}

/** ISO 8601 (`PT1H30M`), `3 days 04:05:06` or `04:05:06`: undefined if it is one of them, else the reason. */
export function durationProblem(text: string): string | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  if (['', 'P', 'PT'].includes(unsigned)) return TOO_SHORT;
  if (unsigned.startsWith('P')) return isoDurationProblem(unsigned.slice(1));
  const [, days, time = ''] = /^(\d+\s*d(?:ays?)?)?,?\s*(.*)$/i.exec(unsigned) ?? [];
  if (days !== undefined && time === '') return undefined;
  if (/^\d+:/.test(time)) {
    const clock = parseTime(time.replace(/^\d+/, (hours) => (Number(hours) > 23 ? '00' : hours)));
    return typeof clock === 'string' ? clock : undefined;
  }
  return /^\d/.test(unsigned)
    ? '"day" identifier in duration not correctly formatted'
    : 'invalid digit in duration';
}

function isoDurationProblem(text: string): string | undefined {
  const [date = '', time = ''] = text.split('T', 2);
  let days = 0;
  for (const [part, units, name] of [
    [date, 'YMWD', 'date'],
    [time, 'HMS', 'time'],
  ] as const) {
    const rest = part.replaceAll(
      /(\d+(?:[.,]\d+)?)([A-Z])/g,
      (all, count: string, unit: string) => {
        if (name === 'date')
          days += Number(count.replace(',', '.')) * ({ Y: 365, M: 30, W: 7, D: 1 }[unit] ?? 0);
        return units.includes(unit) ? '' : all;
      },
    );
    if (/^\d/.test(rest)) return `quantity invalid in ${name} part of duration`;
    if (rest !== '') return 'invalid digit in duration';
  }
  return days > 999_999_999 ? 'durations may not exceed 999,999,999 days' : undefined;
}

function dateAtStart(text: string): CalendarDate | string {
  if (text.length < 10) return TOO_SHORT;
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
  return year === 0 ? 'year 0 is out of range' : { year, month, day };
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
