const numbers = (count: number, text: (number: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, number) => text(number));
const two = (number: number): string => String(number).padStart(2, '0');

const TWO_DIGITS = numbers(100, two);
const HOURS = numbers(24, (hour) => `T${two(hour)}:`);
const MINUTES = numbers(60, (minute) => `${two(minute)}:`);
const TENTHS = numbers(10, (tenth) => `.${tenth}`);
const THOUSANDTHS = numbers(100, (rest) => `${two(rest)}000`);
/** By `month * 32 + day`. */
const DAYS = numbers(13 * 32, (at) => `-${two(at >> 5)}-${two(at & 31)}`);

const DAY = 86_400_000;
/** Days of 400 years, after which the calendar repeats itself, and from 1 March of the year 0 to 1970. */
const ERA = 146_097;
const BEFORE_1970 = 719_468;

/**
 * An instant as pydantic writes it: a fraction only where there is one, and then with six digits. Reckons for itself, as the getters of
 * `Date` take most of the time, and puts together short texts that are there already.
 */
export function instantText(date: Date, zone: 'Z' | '+00:00' = 'Z'): string {
  const time = date.getTime();
  const day = Math.floor(time / DAY);
  const milliseconds = time - day * DAY;
  const seconds = (milliseconds / 1000) | 0;
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  const fraction = milliseconds - seconds * 1000;
  const clock =
    HOURS[hours]! + MINUTES[minutes - hours * 60]! + TWO_DIGITS[seconds - minutes * 60]!;
  const text = dayText(day, date) + clock;
  return fraction === 0
    ? text + zone
    : text + TENTHS[(fraction / 100) | 0]! + THOUSANDTHS[fraction % 100]! + zone;
}

/** Years are counted from March, so that the day that some of them have more is the last one. */
function dayText(since1970: number, date: Date): string {
  const since0 = since1970 + BEFORE_1970;
  const era = Math.floor(since0 / ERA);
  const day = since0 - era * ERA;
  const leapDays = ((day / 1460) | 0) - ((day / 36_524) | 0) + ((day / 146_096) | 0);
  const yearOfEra = ((day - leapDays) / 365) | 0;
  const dayOfYear = day - yearOfEra * 365 - ((yearOfEra / 4) | 0) + ((yearOfEra / 100) | 0);
  const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  const dayOfMonth = dayOfYear - (((153 * monthFromMarch + 2) / 5) | 0) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month < 3 ? 1 : 0);
  if (year < 1000 || year > 9999) return date.toISOString().slice(0, -14);
  return year + DAYS[month * 32 + dayOfMonth]!;
}
