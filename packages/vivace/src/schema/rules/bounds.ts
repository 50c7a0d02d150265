import type { TextFormat } from '../../declare/class';
import type { Schema } from '../schema';
import { formatOf } from '../kinds';
import { compareDecimals, isDecimal } from './decimal-order';
import type { Problem, Rule, Rules } from './rule';
import { orderOf } from './temporal-order';

type Bound = 'gt' | 'ge' | 'lt' | 'le';

const BOUNDS: Readonly<
  Record<
    Bound,
    {
      type: string;
      words: string;
      keyword: string;
      sign: string;
      holds: (order: number) => boolean;
    }
  >
> = {
  gt: {
    type: 'greater_than',
    words: 'greater than',
    keyword: 'exclusiveMinimum',
    sign: '>',
    holds: (order) => order > 0,
  },
  ge: {
    type: 'greater_than_equal',
    words: 'greater than or equal to',
    keyword: 'minimum',
    sign: '>=',
    holds: (order) => order >= 0,
  },
  lt: {
    type: 'less_than',
    words: 'less than',
    keyword: 'exclusiveMaximum',
    sign: '<',
    holds: (order) => order < 0,
  },
  le: {
    type: 'less_than_equal',
    words: 'less than or equal to',
    keyword: 'maximum',
    sign: '<=',
    holds: (order) => order <= 0,
  },
};

const shown = (limit: unknown): unknown => (limit instanceof Date ? limit.toISOString() : limit);
type Instant = Date | string | number;
const limitOf = (limit: Instant | (() => Instant)): Instant =>
  typeof limit === 'function' ? limit() : limit;

function problem(bound: Bound, limit: unknown): Problem {
  const { type, words } = BOUNDS[bound];
  return {
    type,
    msg: `Input should be ${words} ${String(shown(limit))}`,
    ctx: { [bound]: typeof limit === 'bigint' ? Number(limit) : shown(limit) },
  };
}

/** A limit of numbers; `fixed` where the name of the rule says it. */
function numeric(bound: Bound, fixed?: number): Rule<[limit?: number | bigint]> {
  const { keyword, sign, holds } = BOUNDS[bound];
  const limitIn = ([given = NaN]: readonly [limit?: number | bigint]) => fixed ?? given;
  return {
    for: ['number', 'bigint'],
    test: (value, args) => {
      const limit = limitIn(args);
      if (typeof value !== 'number' && typeof value !== 'bigint') return false;
      return value > limit ? holds(1) : value < limit ? holds(-1) : value >= limit && holds(0);
    },
    emit: (value, args) =>
      `${value} ${sign} ${typeof limitIn(args) === 'bigint' ? `${limitIn(args)}n` : String(Number(limitIn(args)))}`,
    document: (args) => ({ [keyword]: Number(limitIn(args)) }),
    explain: (args) => problem(bound, limitIn(args)),
  };
}

/** A limit of instants, or a function that gives it for each check. */
function instant(bound: Bound): Rule<[limit: Instant | (() => Instant)]> {
  const time = (limit: Instant): number => new Date(limit).getTime();
  return {
    for: ['instant'],
    test: (value, args) =>
      value instanceof Date &&
      BOUNDS[bound].holds(Math.sign(value.getTime() - time(limitOf(args[0])))),
    explain: (args) => problem(bound, limitOf(args[0])),
  };
}

/** A limit of text that stands for a decimal number. */
function decimal(bound: Bound): Rule {
  return {
    for: ['string'],
    fits: isDecimal,
    option: bound,
    test: (value, args) => BOUNDS[bound].holds(compareDecimals(String(value), String(args[0]))),
    document: (args, schema: Schema) =>
      schema.kind === 'string' ? { [BOUNDS[bound].keyword]: Number(args[0]) } : {},
    explain: (args) => ({ ...problem(bound, args[0]), ctx: { [bound]: Number(args[0]) } }),
  };
}

/** A limit of text: dates, times and durations by what they stand for, other text by its characters. */
function ordered(bound: Bound): Rule<[limit: unknown, format: TextFormat | undefined]> {
  return {
    for: ['string'],
    fits: (schema) => !isDecimal(schema),
    option: bound,
    args: (options, schema) => [options[bound], formatOf(schema)],
    test: (value, [limit, format]) => {
      const [one, other] = [orderOf(value, format), orderOf(limit, format)];
      return BOUNDS[bound].holds(one < other ? -1 : one > other ? 1 : 0);
    },
    explain: (args) => problem(bound, args[0]),
  };
}

export const bounds = {
  le: { ...numeric('le'), option: 'le' },
  max: numeric('le'),
  lt: { ...numeric('lt'), option: 'lt' },
  isNegative: numeric('lt', 0),
  ge: { ...numeric('ge'), option: 'ge' },
  min: numeric('ge'),
  gt: { ...numeric('gt'), option: 'gt' },
  isPositive: numeric('gt', 0),
  'instant.le': { ...instant('le'), option: 'le' },
  'instant.lt': { ...instant('lt'), option: 'lt' },
  'instant.ge': { ...instant('ge'), option: 'ge' },
  'instant.gt': { ...instant('gt'), option: 'gt' },
  maxDate: instant('le'),
  minDate: instant('ge'),
  'decimal.le': decimal('le'),
  'decimal.lt': decimal('lt'),
  'decimal.ge': decimal('ge'),
  'decimal.gt': decimal('gt'),
  'text.le': ordered('le'),
  'text.lt': ordered('lt'),
  'text.ge': ordered('ge'),
  'text.gt': ordered('gt'),
} satisfies Rules;
