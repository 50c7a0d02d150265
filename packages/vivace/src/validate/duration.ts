import { clockProblem, TOO_SHORT } from './temporal';

const NOT_DAYS = '"day" identifier in duration not correctly formatted';
const TOO_MANY_DAYS = 'durations may not exceed 999,999,999 days';
const TOO_MANY_HOURS = 'durations may not exceed 999,999,999 hours';
const TOO_LARGE = 'a numeric value in the duration is too large';
const NO_NUMBER = 'invalid digit in duration';
/** pydantic counts in 32 bits. */
const LARGEST = 2 ** 32 - 1;
const MOST_HOURS = 2_400_000_000;
const DAY = 86_400;

const DATE_UNITS: Readonly<Record<string, number>> = { Y: 365, M: 30, W: 7, D: 1 };
const TIME_UNITS: Readonly<Record<string, number>> = { H: 3600, M: 60, S: 1 };

/** ISO 8601 (`PT1H30M`), `3 days 04:05:06` or `04:05:06`: undefined if it is one of them, else pydantic's reason. */
export function durationProblem(text: string): string | undefined {
  const unsigned = /^[+-]/.test(text) ? text.slice(1) : text;
  if (unsigned === '') return TOO_SHORT;
  if (unsigned.startsWith('P')) return isoProblem(unsigned);
  if (/d/i.test(text) || isShort(unsigned)) return daysProblem(unsigned);
  return hoursProblem(unsigned);
}

function isoProblem(text: string): string | undefined {
  if (text === 'P' || text === 'PT') return TOO_SHORT;
  const total = { days: 0, seconds: 0 };
  let inTime = false;
  let hadFraction = false;
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === 'T') {
      if (inTime) return '`t` character repeated in duration';
      inTime = true;
      continue;
    }
    const number = numberAt(text, at);
    if (number === undefined) return NO_NUMBER;
    if (number.value > LARGEST) return TOO_LARGE;
    if (hadFraction) return 'quantity fraction invalid in duration';
    hadFraction = number.hasFraction;
    at = number.end;
    const unit = (inTime ? TIME_UNITS : DATE_UNITS)[text[at] ?? ''];
    if (unit === undefined)
      return `quantity invalid in ${inTime ? 'time' : 'date'} part of duration`;
    total[inTime ? 'seconds' : 'days'] += Math.trunc(number.value) * unit;
    if (total.days > LARGEST || total.seconds > LARGEST) return TOO_LARGE;
  }
  return daysLimit(total.days + Math.floor(total.seconds / DAY));
}

/** `3 days`, `3d, 04:05`: what follows the days is a time of day. */
function daysProblem(text: string): string | undefined {
  const number = numberAt(text, 0);
  if (number === undefined) return NO_NUMBER;
  const days = Number(text.slice(0, number.whole));
  if (days > LARGEST) return TOO_LARGE;
  const word = / ?(?:[Dd](?:ays?|AYS?|(?![Aa])))/y;
  word.lastIndex = number.whole;
  if (!word.test(text)) return NOT_DAYS;
  const time = text.slice(word.lastIndex).replace(/^,? ?/, '');
  return (time === '' ? undefined : timeProblem(time)) ?? daysLimit(days);
}

/** `04:05:06` of a day. */
function timeProblem(text: string): string | undefined {
  return hoursProblem(text) ?? (/^(?:0*(?:1?\d|2[0-3]))?:/.test(text) ? undefined : TOO_MANY_HOURS);
}

/** `04:05:06`, with as many hours as there are. */
function hoursProblem(text: string): string | undefined {
  if (isShort(text)) return TOO_SHORT;
  const colon = text.indexOf(':');
  if (colon < 0) return 'invalid character in hour';
  const hours = text.slice(0, colon);
  if (Buffer.byteLength(hours) > 10) return TOO_MANY_HOURS;
  if (/\D/.test(hours)) return 'invalid character in hour';
  return Number(hours) > MOST_HOURS ? TOO_MANY_HOURS : clockProblem(`00${text.slice(colon)}`);
}

/** In bytes, as pydantic counts. */
function isShort(text: string): boolean {
  return text.length < 5 && Buffer.byteLength(text) < 5;
}

function daysLimit(days: number): string | undefined {
  return days > 999_999_999 ? TOO_MANY_DAYS : undefined;
}

interface NumberFound {
  readonly value: number;
  readonly hasFraction: boolean;
  /** Where the digits before a point end, and where all of it does. */
  readonly whole: number;
  readonly end: number;
}

function numberAt(text: string, at: number): NumberFound | undefined {
  const whole = digitsEnd(text, at);
  if (whole === at) return undefined;
  const hasFraction = text[whole] === '.' || text[whole] === ',';
  const end = hasFraction ? digitsEnd(text, whole + 1) : whole;
  return { value: Number(text.slice(at, whole)), hasFraction, whole, end };
}

function digitsEnd(text: string, from: number): number {
  const digits = /\d*/y;
  digits.lastIndex = from;
  digits.test(text);
  return digits.lastIndex;
}
