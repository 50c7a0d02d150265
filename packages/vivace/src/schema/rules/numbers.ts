import { type DecimalParts, decimalParts, isDecimal } from './decimal-order';
import { predicates } from './predicates';
import { rule, type Rule, type Rules } from './rule';
import { plural } from './words';

const { isDivisibleBy, isNumber } = predicates;

/** As pydantic: whole numbers exactly, of others what is left over may be a rounding error. */
function isMultiple(value: unknown, of: number): boolean {
  if (typeof value === 'bigint') return Number.isInteger(of) && value % BigInt(of) === 0n;
  if (typeof value !== 'number') return false;
  if (Number.isSafeInteger(value) && Number.isInteger(of)) return value % of === 0;
  return Math.abs(value - Math.round(value / of) * of) <= ROUNDING;
}

const ROUNDING = 1e-9;

const digitsOf = (value: unknown) => decimalParts(String(value));

/** How many digits stand behind the point when an exponent is written out. */
function placesWritten(value: unknown): number {
  const [digits = '', exponent = '0'] = String(value).toLowerCase().split('e');
  const fraction = digits.split('.')[1] ?? '';
  return Math.max(0, fraction.length - Number(exponent));
}

/** A limit of the digits of a decimal number. */
function digits(
  key: 'max_digits' | 'whole_digits',
  where: string,
  count: (parts: DecimalParts, value: unknown) => number,
): Rule<[limit: number]> {
  return {
    for: ['string', 'number'],
    test: (value, [limit]) => count(digitsOf(value), value) <= limit,
    explain: ([limit]) => ({
      type: `decimal_${key}`,
      msg: `Decimal input should have no more than ${String(limit)} digit${plural(limit)} ${where}`,
      ctx: { [key]: limit },
    }),
  };
}

/** A zero has a digit before the point where it has none behind it. */
function wholeDigits({ whole, fraction }: DecimalParts, value: unknown): number {
  const isZero = whole === '' && fraction === '';
  return isZero && placesWritten(value) === 0 ? 1 : whole.length;
}

/** Of decimal texts, without the rounding of numbers. */
function isExactMultiple(value: string, of: string): boolean {
  const [one, other] = [digitsOf(value), digitsOf(of)];
  const places = other.fraction.length;
  const unit = BigInt(other.whole + other.fraction);
  if (unit === 0n || one.fraction.length > places) return false;
  return remainder(`${one.whole}${one.fraction.padEnd(places, '0')}`, unit) === 0n;
}

/** Digit by digit as on paper, some at a time: a `BigInt` of them all takes more time than their number. */
function remainder(digits: string, unit: bigint): bigint {
  let rest = 0n;
  for (let at = 0; at < digits.length; at += AT_ONCE) {
    const some = digits.slice(at, at + AT_ONCE);
    rest = (rest * 10n ** BigInt(some.length) + BigInt(some)) % unit;
  }
  return rest;
}

const AT_ONCE = 15;

export const numbers = {
  maxDigits: {
    ...digits(
      'max_digits',
      'in total',
      ({ whole, fraction }) => whole.length + fraction.length || 1,
    ),
    option: 'maxDigits',
  },
  decimalPlaces: rule<[places: number]>({
    for: ['string', 'number'],
    option: 'decimalPlaces',
    test: (value, [places]) =>
      Math.min(placesWritten(value), digitsOf(value).fraction.length) <= places,
    explain: ([places]) => tooManyPlaces(places),
  }),
  wholeDigits: {
    ...digits('whole_digits', 'before the decimal point', wholeDigits),
    option: 'maxDigits',
    args: ({ maxDigits, decimalPlaces }) =>
      maxDigits === undefined || decimalPlaces === undefined
        ? undefined
        : [Math.max(0, maxDigits - decimalPlaces)],
  },
  'decimal.multipleOf': {
    for: ['string'],
    fits: isDecimal,
    option: 'multipleOf',
    test: (value, [of]) => isExactMultiple(String(value), String(of)),
    document: ([of]) => ({ multipleOf: of }),
    explain: ([of]) => ({
      type: 'multiple_of',
      msg: `Input should be a multiple of ${String(of)}`,
      ctx: { multiple_of: of },
    }),
  },
  multipleOf: {
    for: ['number', 'bigint'],
    option: 'multipleOf',
    test: (value, [of]) => isMultiple(value, Number(of)),
    document: ([of]) => ({ multipleOf: of }),
    explain: ([of]) => ({
      type: 'multiple_of',
      msg: `Input should be a multiple of ${String(of)}`,
      ctx: { multiple_of: of },
    }),
  },
  isDivisibleBy: rule<[of: number]>({
    for: ['number', 'string'],
    test: (value, [of]) =>
      (typeof value === 'number' || typeof value === 'string') && isDivisibleBy(value, of),
    document: ([of]) => (Number.isInteger(of) && of > 0 ? { multipleOf: of } : {}),
    explain: ([of]) => ({
      type: 'multiple_of',
      msg: `Input should be a multiple of ${String(of)}`,
      ctx: { multiple_of: of },
    }),
  }),
  isNumber: rule<[options?: NumberOptions]>({
    for: ['number'],
    test: (value, [options]) => isNumberOf(value, options),
    document: ([options]) => {
      const places = options?.maxDecimalPlaces;
      return places === undefined ? {} : { multipleOf: Number(`1e-${places}`) };
    },
    explain: ([options], value) => {
      if (typeof value !== 'number')
        return { type: 'float_type', msg: 'Input should be a valid number' };
      const places = options?.maxDecimalPlaces;
      if (places === undefined || !Number.isFinite(value))
        return { type: 'finite_number', msg: 'Input should be a finite number' };
      return tooManyPlaces(places);
    },
  }),
} satisfies Rules;

interface NumberOptions {
  readonly allowNaN?: boolean;
  readonly allowInfinity?: boolean;
  readonly maxDecimalPlaces?: number;
}

/** class-validator counts decimals by the text before an exponent and throws where there is no point (`1e-7`). */
function isNumberOf(value: unknown, options: NumberOptions | undefined): boolean {
  if (
    typeof value !== 'number' ||
    options?.maxDecimalPlaces === undefined ||
    !/e/.test(String(value))
  )
    return isNumber(value, options);
  const { maxDecimalPlaces, ...rest } = options;
  return isNumber(value, rest) && digitsOf(value).fraction.length <= maxDecimalPlaces;
}

const tooManyPlaces = (places: number) => ({
  type: 'decimal_max_places',
  msg: `Decimal input should have no more than ${places} decimal place${plural(places)}`,
  ctx: { decimal_places: places },
});
