import * as cv from 'class-validator';
import { Type } from 'class-transformer';
import * as fc from 'fast-check';
import { Field } from 'vivace';

/** A DTO class as data, so that a failing one can be read; `classOf` makes it. */
export interface Shape {
  readonly base: Shape | undefined;
  readonly properties: readonly Property[];
}
interface Property {
  readonly name: string;
  /** The name of a kind of scalar, or the DTO inside. */
  readonly of: string | Shape;
  readonly many: boolean;
  /** Decorators of the value, or of each item of a list. */
  readonly checks: readonly Applied[];
  /** Decorators of the list itself. */
  readonly listChecks: readonly Applied[];
  readonly skipped: 'never' | 'optional' | 'when number0 is 0' | 'optional, when it is b';
}
interface Applied {
  readonly decorator: string;
  readonly groups?: readonly string[] | undefined;
  readonly always?: boolean | undefined;
  readonly validateIf: boolean;
  readonly message: boolean;
}

type Decorate = (options: cv.ValidationOptions) => PropertyDecorator;
type Decorators = Readonly<Record<string, Decorate>>;

const START = new Date('2020-01-01T00:00:00Z');
const kinds: Readonly<
  Record<
    string,
    { readonly type: unknown; readonly values: readonly unknown[]; readonly decorators: Decorators }
  >
> = {
  text: {
    type: String,
    values: ['', 'a', 'b', 'abc', 'abcd', 'a@b.co', '2020-01-01', '😀'],
    decorators: {
      'MinLength(1)': (options) => cv.MinLength(1, options),
      'MaxLength(3)': (options) => cv.MaxLength(3, options),
      'Length(1, 4)': (options) => cv.Length(1, 4, options),
      'Matches(/^a/)': (options) => cv.Matches(/^a/, options),
      'IsIn(a, abc, b)': (options) => cv.IsIn(['a', 'abc', 'b'], options),
      'NotEquals(b)': (options) => cv.NotEquals('b', options),
      'Contains(a)': (options) => cv.Contains('a', options),
      IsString: cv.IsString,
      IsNotEmpty: cv.IsNotEmpty,
      IsLowercase: cv.IsLowercase,
      IsEmail: (options) => cv.IsEmail({}, options),
    },
  },
  number: {
    type: Number,
    values: [0, 1, -1, 2.5, 3, 10, 1e9],
    decorators: {
      'Min(0)': (options) => cv.Min(0, options),
      'Max(9)': (options) => cv.Max(9, options),
      'IsNumber(2 places)': (options) => cv.IsNumber({ maxDecimalPlaces: 2 }, options),
      'IsIn(0, 1, 3)': (options) => cv.IsIn([0, 1, 3], options),
      'IsDivisibleBy(1)': (options) => cv.IsDivisibleBy(1, options),
      IsInt: cv.IsInt,
      IsPositive: cv.IsPositive,
      IsDefined: cv.IsDefined,
    },
  },
  flag: {
    type: Boolean,
    values: [true, false],
    decorators: { IsBoolean: cv.IsBoolean, 'Equals(true)': (options) => cv.Equals(true, options) },
  },
  date: {
    type: Date,
    values: ['2019-12-31T23:59:59Z', '2020-01-01T00:00:00Z', '2021-06-01T12:00:00+02:00'],
    decorators: {
      IsDate: cv.IsDate,
      'MinDate(2020)': (options) => cv.MinDate(START, options),
      'MaxDate(2020)': (options) => cv.MaxDate(() => START, options),
    },
  },
};
const listDecorators: Decorators = {
  IsArray: cv.IsArray,
  ArrayNotEmpty: cv.ArrayNotEmpty,
  'ArrayMinSize(1)': (options) => cv.ArrayMinSize(1, options),
  'ArrayMaxSize(2)': (options) => cv.ArrayMaxSize(2, options),
  ArrayUnique: (options) => cv.ArrayUnique(options),
};

const applied = (decorators: Decorators): fc.Arbitrary<readonly Applied[]> =>
  fc.array(
    fc.record({
      decorator: fc.constantFrom(...Object.keys(decorators)),
      groups: fc.option(fc.constantFrom(['a'], ['b'], ['a', 'b']), { nil: undefined, freq: 3 }),
      always: fc.option(fc.boolean(), { nil: undefined, freq: 3 }),
      validateIf: fc.boolean(),
      message: fc.boolean(),
    }),
    { maxLength: 3 },
  );

const scalar = (many: boolean): fc.Arbitrary<Property> =>
  fc
    .tuple(fc.constantFrom(...Object.entries(kinds)), fc.nat(1))
    .chain(([[kind, { decorators }], at]) =>
      fc.record({
        name: fc.constant(many ? `${kind}s` : `${kind}${at}`),
        of: fc.constant(kind),
        many: fc.constant(many),
        checks: applied(decorators),
        listChecks: many ? applied(listDecorators) : fc.constant([]),
        skipped: fc.constantFrom(
          'never',
          'never',
          'optional',
          'when number0 is 0',
          'optional, when it is b',
        ),
      }),
    );

const nested = (shape: fc.Arbitrary<Shape>, depth: string): fc.Arbitrary<Property> =>
  fc.record({
    // Never the name of an inherited one, which may be of another class.
    name: fc.constant(`part of ${depth}`),
    of: shape,
    many: fc.boolean(),
    checks: fc.constant([]),
    listChecks: fc.constant([]),
    skipped: fc.constantFrom('never', 'optional'),
  });

const shapeWith = (
  base: fc.Arbitrary<Shape | undefined>,
  ...more: readonly fc.Arbitrary<Property>[]
): fc.Arbitrary<Shape> =>
  fc.record({
    base,
    properties: fc.uniqueArray(fc.oneof(scalar(false), scalar(true), ...more), {
      minLength: 1,
      maxLength: 4,
      selector: ({ name }) => name,
    }),
  });

const flat = shapeWith(fc.constant(undefined));
const derived = shapeWith(fc.option(flat, { nil: undefined }), nested(flat, 'flat'));
/** DTOs with inherited properties, lists, and DTOs inside DTOs. */
export const shape = shapeWith(
  fc.option(derived, { nil: undefined, freq: 2 }),
  nested(derived, 'derived'),
);

/** JSON for a shape, in which every value has its declared type. */
export function jsonOf({
  base,
  properties,
}: Shape): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const own = fc.record(
    Object.fromEntries(properties.map((property) => [property.name, valueOf(property)])),
  );
  const whole =
    base === undefined
      ? own
      : fc.tuple(jsonOf(base), own).map(([inherited, more]) => ({ ...inherited, ...more }));
  return whole.map((json) =>
    Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined)),
  );
}

function valueOf({ of, many, skipped }: Property): fc.Arbitrary<unknown> {
  const one = typeof of === 'string' ? fc.constantFrom(...kinds[of]!.values) : jsonOf(of);
  const value = many ? fc.array(one, { maxLength: 3 }) : one;
  return skipped.startsWith('optional')
    ? fc.oneof({ weight: 3, arbitrary: value }, fc.constantFrom(null, undefined))
    : value;
}

/** Makes the class. */
export function classOf({ base, properties }: Shape): new () => object {
  class Dto extends (base === undefined ? Object : classOf(base)) {}
  for (const property of properties)
    for (const decorate of decoratorsOf(property)) decorate(Dto.prototype, property.name);
  // A class of which no constraint counts fails as a whole.
  cv.Allow({ always: true })(Dto.prototype, properties[0]!.name);
  return Dto;
}

function decoratorsOf({ of, many, checks, listChecks, skipped }: Property): PropertyDecorator[] {
  const kind = typeof of === 'string' ? kinds[of]! : undefined;
  const type = kind?.type ?? classOf(of as Shape);
  return [
    Field({ type: (many ? [type] : type) as never }),
    Type(() => type as never),
    ...(kind === undefined ? [cv.ValidateNested({ each: many, always: true })] : []),
    ...checks.map((check) =>
      kind!.decorators[check.decorator]!({ ...optionsOf(check), each: many }),
    ),
    ...listChecks.map((check) => listDecorators[check.decorator]!(optionsOf(check))),
    ...(skipped.startsWith('optional') ? [cv.IsOptional({ always: true })] : []),
    ...(skipped === 'when number0 is 0'
      ? [cv.ValidateIf((object: { number0?: unknown }) => object.number0 !== 0)]
      : []),
    ...(skipped === 'optional, when it is b' ? [cv.ValidateIf((_, value) => value !== 'b')] : []),
  ];
}

function optionsOf({ groups, always, validateIf, message }: Applied): cv.ValidationOptions {
  return {
    ...(groups && { groups: [...groups] }),
    ...(always !== undefined && { always }),
    ...(validateIf && { validateIf: (object: { number0?: unknown }) => object.number0 !== 1 }),
    ...(message && { message: 'no $property of $target' }),
  };
}
