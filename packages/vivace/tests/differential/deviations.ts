import { Type } from 'class-transformer';
import * as cv from 'class-validator';

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
    covers: ({ decorator, value, theirs }) =>
      decorator === 'IsInt' && theirs === true && isUnsafe(value),
  },
  'what cannot be judged is refused': {
    why: 'class-validator throws on lone surrogates, on `1e-7` with `maxDecimalPlaces` and where a locale is missing, which would answer 500',
    ours: false,
    covers: ({ theirs }) => theirs === 'throws',
  },
  'a missing locale is any': {
    why: '`@IsPostalCode()` and `@IsIdentityCard()` without a locale throw on every text',
    ours: true,
    covers: ({ decorator, theirs }) =>
      theirs === 'throws' && ['IsPostalCode', 'IsIdentityCard'].includes(decorator),
  },
  'few decimals are few however small the number': {
    why: 'class-validator looks for decimals in the text of the number, which for `1e-7` has none',
    ours: true,
    covers: ({ decorator, theirs }) => theirs === 'throws' && decorator === 'IsNumber',
  },
  'a date is sent as text': {
    why: 'JSON has no dates: ISO 8601 is read, where class-validator wants a Date that `@Type` made',
    ours: true,
    covers: ({ decorator, value, theirs }) =>
      ['IsDate', 'MinDate', 'MaxDate'].includes(decorator) && theirs === false && isText(value),
  },
  'limits hold for bigints': {
    why: 'class-validator knows only numbers and refuses every bigint',
    ours: true,
    covers: ({ value, theirs }) => theirs === false && typeof value === 'bigint',
  },
  'an enum has its values': {
    why: 'TypeScript maps the numbers of an enum back to their names, which class-validator takes for values',
    ours: false,
    covers: ({ decorator, value, theirs }) =>
      decorator === 'IsEnum' && theirs === true && isText(value),
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

class Part {
  @cv.MinLength(2) name!: string;
}
class Tags {
  @cv.IsString({ each: true }) tags!: string[];
}
class Missing {
  @cv.NotEquals(1) value!: number;
}
class OfType {
  @cv.IsNotEmpty() name!: string;
}
class Plain {
  name!: string;
}
class InGroup {
  @cv.IsString({ groups: ['create'] }) name!: string;
}
class Whole {
  @cv.ValidateNested() @Type(() => Part) part!: Part;
}
class Mixed {
  @cv.IsBoolean({ groups: ['update'] }) urgent: boolean = false;
  @cv.ValidateNested() @Type(() => Part) part!: Part;
}
class Skipped {
  @cv.ValidateIf(() => false) @cv.ValidateNested() @Type(() => Part) part!: Part;
}
class Untold {
  @cv.ValidateNested() part!: Part;
}
class Nullable {
  @cv.MinLength(2) name!: string | null;
}

/** One DTO, as it is judged by class-validator and by us. */
export interface StructuralDeviation {
  readonly why: string;
  readonly type: new () => object;
  readonly json: unknown;
  readonly groups?: readonly string[];
  readonly theirs: boolean;
  /** The types of our issues with their places. */
  readonly ours: readonly string[];
}

/** Of DTOs, and of values that are missing or not of the declared type. */
export const structuralDeviations: Readonly<Record<string, StructuralDeviation>> = {
  'one value is no list': {
    why: 'with `each` class-validator checks a value that is no list as if it were an item',
    type: Tags,
    json: { tags: 'abc' },
    theirs: true,
    ours: ['list_type@tags'],
  },
  'an item has a place': {
    why: 'class-validator has one error for the whole list',
    type: Tags,
    json: { tags: ['a', 1] },
    theirs: false,
    ours: ['string_type@tags.1'],
  },
  'what has no default is required': {
    why: 'constraints that do not mind undefined would leave a hole in the declared type',
    type: Missing,
    json: {},
    theirs: true,
    ours: ['missing@value'],
  },
  'a value has its declared type': {
    why: 'a constraint that does not mind the type would let any value through',
    type: OfType,
    json: { name: 5 },
    theirs: true,
    ours: ['string_type@name'],
  },
  'a class needs no decorator': {
    why: 'class-validator refuses every object of a class without constraints; here the types count',
    type: Plain,
    json: { name: 'a' },
    theirs: false,
    ours: [],
  },
  'a group may have no constraint': {
    why: 'class-validator then refuses every object',
    type: InGroup,
    json: { name: 'a' },
    groups: ['update'],
    theirs: false,
    ours: [],
  },
  'a list is no DTO': {
    why: 'without `each` class-validator also takes a list of objects',
    type: Whole,
    json: { part: [{ name: 'ab' }] },
    theirs: true,
    ours: ['model_attributes_type@part'],
  },
  'a DTO inside counts in every group': {
    why: '`@ValidateNested()` without groups does not count where groups are asked for; the DTO inside has the groups of its own constraints',
    type: Mixed,
    json: { urgent: true, part: { name: 5 } },
    groups: ['update'],
    theirs: true,
    ours: ['string_type@part.name'],
  },
  'what is skipped still has its type': {
    why: 'the handler sees the value by its declared type, so a condition skips constraints, not types',
    type: Skipped,
    json: { part: { name: 'a' } },
    theirs: true,
    ours: ['string_too_short@part.name'],
  },
  'the declared class is known': {
    why: 'without `@Type` class-validator does not know the class of a plain object and refuses it',
    type: Untold,
    json: { part: { name: 'ab' } },
    theirs: false,
    ours: [],
  },
  'a declared null fits': {
    why: 'null is the type’s own affair; class-validator wants `@IsOptional()` for it',
    type: Nullable,
    json: { name: null },
    theirs: false,
    ours: [],
  },
};
