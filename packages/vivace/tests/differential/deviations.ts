/** One value of one field, as class-validator judged it. */
export interface Verdict {
  readonly decorator: string;
  /** The declared type of the field. */
  readonly type: string;
  readonly value: unknown;
  readonly theirs: boolean | 'throws';
}

/** Where we judge otherwise than class-validator, and why. */
export interface Deviation {
  readonly why: string;
  readonly ours: boolean;
  covers(verdict: Verdict): boolean;
}

const isInfinite = (value: unknown) => typeof value === 'number' && !Number.isFinite(value);
const isText = (value: unknown) => typeof value === 'string';
const isUnsafe = (value: unknown) => Number.isInteger(value) && !Number.isSafeInteger(value);

/** Of a present value of the declared type, in strict mode. */
export const deviations: Readonly<Record<string, Deviation>> = {
  'numbers are finite': {
    why: 'JSON has no NaN and no infinity; only `@IsNumber({ allowNaN, allowInfinity })` and `allowInfNan` let them through',
    ours: false,
    covers: ({ value, theirs }) => theirs === true && isInfinite(value),
  },
  'whole numbers are safe': {
    why: 'beyond 2^53 a number stands for its neighbours too; `bigint` holds such values',
    ours: false,
    covers: ({ decorator, value, theirs }) => decorator === 'IsInt' && theirs === true && isUnsafe(value),
  },
  'what cannot be judged is refused': {
    why: 'class-validator throws on lone surrogates, on `1e-7` with `maxDecimalPlaces` and where a locale is missing, which would answer 500',
    ours: false,
    covers: ({ theirs }) => theirs === 'throws',
  },
  'a missing locale is any': {
    why: '`@IsPostalCode()` and `@IsIdentityCard()` without a locale throw on every text',
    ours: true,
    covers: ({ decorator, theirs }) => theirs === 'throws' && ['IsPostalCode', 'IsIdentityCard'].includes(decorator),
  },
  'few decimals are few however small the number': {
    why: 'class-validator looks for decimals in the text of the number, which for `1e-7` has none',
    ours: true,
    covers: ({ decorator, theirs }) => theirs === 'throws' && decorator === 'IsNumber',
  },
  'a date is sent as text': {
    why: 'JSON has no dates: ISO 8601 is read, where class-validator wants a Date that `@Type` made',
    ours: true,
    covers: ({ decorator, value, theirs }) => ['IsDate', 'MinDate', 'MaxDate'].includes(decorator) && theirs === false && isText(value),
  },
  'limits hold for bigints': {
    why: 'class-validator knows only numbers and refuses every bigint',
    ours: true,
    covers: ({ value, theirs }) => theirs === false && typeof value === 'bigint',
  },
  'an enum has its values': {
    why: 'TypeScript maps the numbers of an enum back to their names, which class-validator takes for values',
    ours: false,
    covers: ({ decorator, value, theirs }) => decorator === 'IsEnum' && theirs === true && isText(value),
  },
  'a pattern keeps no place': {
    why: 'a sticky expression goes on where the last value ended: the verdict on one request would depend on the one before',
    ours: true,
    covers: ({ decorator, theirs }) => decorator === 'Matches' && theirs === false,
  },
  'a pattern starts at the beginning': {
    why: 'the other side of the sticky expression',
    ours: false,
    covers: ({ decorator, theirs }) => decorator === 'Matches' && theirs === true,
  },
};
