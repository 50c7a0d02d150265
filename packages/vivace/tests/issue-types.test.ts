import { strict as assert } from 'node:assert';
import {
  IsAscii,
  IsByteLength,
  IsIP,
  IsInstance,
  IsJSON,
  IsUUID,
  MinLength,
} from 'class-validator';
import {
  Field,
  FieldValidator,
  Model,
  RequestValidationError,
  bytes,
  date,
  datetime,
  decimal,
  duration,
  int,
  oneOf,
  parse,
  time,
  url,
  uuid,
  type Issue,
  type Type,
} from 'vivace';

enum Colour {
  red = 'red',
  blue = 'blue',
}
class Values {
  @Field({ gt: 1 }) gt?: int;
  @Field({ ge: 1 }) ge?: number;
  @Field({ lt: 1 }) lt?: int;
  @Field({ le: 1 }) le?: bigint;
  @Field({ multipleOf: 5 }) multiple?: int;
  @MinLength(3) short?: string;
  @Field({ maxLength: 1 }) long?: string;
  @Field({ pattern: /^a+$/ }) pattern?: string;
  @IsAscii() ascii?: string;
  @Field({ minLength: 2 }) few?: int[];
  @Field({ maxLength: 1 }) many?: int[];
  @Field({ maxLength: 1 }) set?: Set<int>;
  @Field({ minLength: 1 }) none?: Record<string, int>;
  tuple?: [int, string];
  nothing?: null;
  @IsByteLength(2, 3) bytes?: string;
  @Field({ maxDigits: 3, decimalPlaces: 2 }) decimal?: decimal;
  @Field({ past: true }) over?: date;
  @Field({ future: true }) ahead?: date;
  @Field({ past: true }) before?: Date;
  @Field({ future: true }) after?: datetime;
  @Field({ offset: true }) aware?: datetime;
  @Field({ offset: false }) naive?: time;
  @IsUUID('4') uuid4?: string;
  @IsIP('4') ip4?: string;
  @IsJSON() json?: string;
  @IsInstance(Values) instance?: unknown;
  bad?: string;
  worse?: string;

  @FieldValidator('bad')
  static refused() {
    throw new Error('no bad names');
  }
  @FieldValidator('worse')
  static asserted(worse: string) {
    assert(worse === '', 'worse name');
  }
}
class Cat {
  kind!: 'cat';
}
class Dog {
  kind!: 'dog';
}
@Model({ extra: 'forbid' })
class Closed {
  a?: int;
}

function issue(type: Type, value: unknown): Issue {
  try {
    parse(type, value);
  } catch (error) {
    if (error instanceof RequestValidationError) return error.issues[0]!;
    throw error;
  }
  throw new Error('It was accepted.');
}
const field = (name: keyof Values, value: unknown): [Type, unknown] => [Values, { [name]: value }];
const today = () => new Date().toISOString().slice(0, 10);
const items = (name: string, least: string, counts: object) => ({
  msg: `${name} should have at ${least}`,
  ctx: { field_type: name, ...counts },
});

/** Each type of issue that pydantic has and that means something in TypeScript, with its words and context. */
const TYPES: Readonly<
  Record<string, readonly [type: Type, value: unknown, msg: string, ctx?: object]>
> = {
  missing: [Cat, {}, 'Field required'],
  extra_forbidden: [Closed, { b: 1 }, 'Extra inputs are not permitted'],
  model_attributes_type: [
    Cat,
    'x',
    'Input should be a valid dictionary or object to extract fields from',
  ],
  none_required: [...field('nothing', 1), 'Input should be None'],
  greater_than: [...field('gt', 1), 'Input should be greater than 1', { gt: 1 }],
  greater_than_equal: [
    ...field('ge', 0.5),
    'Input should be greater than or equal to 1',
    { ge: 1 },
  ],
  less_than: [...field('lt', 1), 'Input should be less than 1', { lt: 1 }],
  less_than_equal: [...field('le', 2), 'Input should be less than or equal to 1', { le: 1 }],
  multiple_of: [...field('multiple', 3), 'Input should be a multiple of 5', { multiple_of: 5 }],
  finite_number: [Number, 'nan', 'Input should be a finite number'],
  string_type: [String, 1, 'Input should be a valid string'],
  string_too_short: [
    ...field('short', 'ab'),
    'String should have at least 3 characters',
    { min_length: 3 },
  ],
  string_too_long: [
    ...field('long', 'ab'),
    'String should have at most 1 character',
    { max_length: 1 },
  ],
  string_pattern_mismatch: [
    ...field('pattern', 'b'),
    "String should match pattern '^a+$'",
    { pattern: '^a+$' },
  ],
  string_not_ascii: [...field('ascii', 'é'), 'String should contain only ASCII characters'],
  too_short: [
    ...field('few', [1]),
    'List should have at least 2 items after validation, not 1',
    { field_type: 'List', min_length: 2, actual_length: 1 },
  ],
  too_long: [
    ...field('many', [1, 'x']),
    'List should have at most 1 item after validation, not 2',
    { field_type: 'List', max_length: 1, actual_length: 2 },
  ],
  enum: [
    oneOf(Colour),
    'green',
    "Input should be 'red' or 'blue'",
    { expected: "'red' or 'blue'" },
  ],
  literal_error: [
    oneOf('a', 'b', 1),
    'c',
    "Input should be 'a', 'b' or 1",
    { expected: "'a', 'b' or 1" },
  ],
  dict_type: [...field('none', []), 'Input should be a valid dictionary'],
  list_type: [[int], 'abc', 'Input should be a valid list'],
  tuple_type: [...field('tuple', 'x'), 'Input should be a valid tuple'],
  set_type: [...field('set', 'a'), 'Input should be a valid set'],
  bool_type: [Boolean, 0.5, 'Input should be a valid boolean'],
  bool_parsing: [Boolean, '2', 'Input should be a valid boolean, unable to interpret input'],
  int_type: [int, null, 'Input should be a valid integer'],
  int_parsing: [
    int,
    '1.5',
    'Input should be a valid integer, unable to parse string as an integer',
  ],
  int_parsing_size: [
    int,
    '1'.repeat(30),
    'Unable to parse input string as an integer, exceeded maximum size',
  ],
  int_from_float: [
    int,
    1.5,
    'Input should be a valid integer, got a number with a fractional part',
  ],
  float_type: [Number, [], 'Input should be a valid number'],
  float_parsing: [
    Number,
    '0x1f',
    'Input should be a valid number, unable to parse string as a number',
  ],
  bytes_type: [bytes, 1, 'Input should be a valid bytes'],
  bytes_too_short: [...field('bytes', 'a'), 'Data should have at least 2 bytes', { min_length: 2 }],
  bytes_too_long: [...field('bytes', 'éé'), 'Data should have at most 3 bytes', { max_length: 3 }],
  value_error: [...field('bad', 'x'), 'Value error, no bad names', { error: {} }],
  assertion_error: [...field('worse', 'x'), 'Assertion failed, worse name', { error: {} }],
  date_type: [date, null, 'Input should be a valid date'],
  date_from_datetime_parsing: [
    date,
    'abc',
    'Input should be a valid date or datetime, input is too short',
    { error: 'input is too short' },
  ],
  date_from_datetime_inexact: [
    date,
    '2020-01-01T10:00:00',
    'Datetimes provided to dates should have zero time - e.g. be exact dates',
  ],
  date_past: [...field('over', today()), 'Date should be in the past'],
  date_future: [...field('ahead', today()), 'Date should be in the future'],
  datetime_past: [...field('before', '2999-01-01T00:00:00Z'), 'Input should be in the past'],
  datetime_future: [...field('after', '1999-01-01T00:00:00'), 'Input should be in the future'],
  timezone_aware: [...field('aware', '2020-01-01'), 'Input should have timezone info'],
  timezone_naive: [...field('naive', '10:00+02:00'), 'Input should not have timezone info'],
  time_type: [time, null, 'Input should be a valid time'],
  time_parsing: [
    time,
    '25:00',
    'Input should be in a valid time format, hour value is outside expected range of 0-23',
    { error: 'hour value is outside expected range of 0-23' },
  ],
  datetime_type: [datetime, true, 'Input should be a valid datetime'],
  datetime_from_date_parsing: [
    Date,
    '2020-13-01T00:00:00',
    'Input should be a valid datetime or date, month value is outside expected range of 1-12',
    { error: 'month value is outside expected range of 1-12' },
  ],
  time_delta_type: [duration, null, 'Input should be a valid timedelta'],
  time_delta_parsing: [
    duration,
    'x',
    'Input should be a valid timedelta, invalid digit in duration',
    { error: 'invalid digit in duration' },
  ],
  is_instance_of: [
    ...field('instance', {}),
    'Input should be an instance of Values',
    { class: 'Values' },
  ],
  url_type: [url, 1, 'URL input should be a string or URL'],
  url_parsing: [
    url,
    'abc',
    'Input should be a valid URL, relative URL without a base',
    { error: 'relative URL without a base' },
  ],
  url_too_long: [
    url,
    `http://a.b/${'x'.repeat(2100)}`,
    'URL should have at most 2083 characters',
    { max_length: 2083 },
  ],
  url_scheme: [
    url,
    'ftp://x.y',
    "URL scheme should be 'http' or 'https'",
    { expected_schemes: "'http' or 'https'" },
  ],
  uuid_type: [uuid, 1, 'UUID input should be a string, bytes or UUID object'],
  uuid_parsing: [
    uuid,
    'abc',
    'Input should be a valid UUID, invalid length: found 3',
    { error: 'invalid length: found 3' },
  ],
  uuid_version: [
    ...field('uuid4', '9c858901-8a57-1791-81fe-4c455b099bc9'),
    'UUID version 4 expected',
    { expected_version: 4 },
  ],
  decimal_type: [
    decimal,
    null,
    'Decimal input should be an integer, float, string or Decimal object',
  ],
  decimal_parsing: [decimal, 'abc', 'Input should be a valid decimal'],
  decimal_max_digits: [
    ...field('decimal', '12.34'),
    'Decimal input should have no more than 3 digits in total',
    { max_digits: 3 },
  ],
  decimal_max_places: [
    ...field('decimal', '.123'),
    'Decimal input should have no more than 2 decimal places',
    { decimal_places: 2 },
  ],
  decimal_whole_digits: [
    ...field('decimal', '12.3'),
    'Decimal input should have no more than 1 digit before the decimal point',
    { whole_digits: 1 },
  ],
  union_tag_invalid: [
    oneOf(Cat, Dog),
    { kind: 'cow' },
    "Input tag 'cow' found using 'kind' does not match any of the expected tags: 'cat', 'dog'",
    { discriminator: "'kind'", tag: 'cow', expected_tags: "'cat', 'dog'" },
  ],
  union_tag_not_found: [
    oneOf(Cat, Dog),
    {},
    "Unable to extract tag using discriminator 'kind'",
    { discriminator: "'kind'" },
  ],
  ip_v4_address: [...field('ip4', 'x'), 'Input is not a valid IPv4 address'],
  json_invalid: [
    ...field('json', 'x'),
    'Invalid JSON: expected value',
    { error: 'expected value' },
  ],
};

describe('an issue', () => {
  it.each(Object.entries(TYPES))(
    'of type %s has the words and the context of pydantic',
    (name, [type, value, msg, ctx]) => {
      const { type: found, msg: said, ctx: context } = issue(type, value);
      expect({ type: found, msg: said, ctx: context }).toEqual({ type: name, msg, ctx });
    },
  );

  it('counts what a set, a record and a tuple hold', () => {
    expect(issue(...field('set', [1, 2]))).toMatchObject(
      items('Set', 'most 1 item after validation, not more', {
        max_length: 1,
        actual_length: null,
      }),
    );
    expect(issue(...field('none', {}))).toMatchObject(
      items('Dictionary', 'least 1 item after validation, not 0', {
        min_length: 1,
        actual_length: 0,
      }),
    );
    expect(issue(...field('tuple', [1, 'a', 2]))).toMatchObject(
      items('Tuple', 'most 2 items after validation, not 3', { max_length: 2, actual_length: 3 }),
    );
    expect(issue(...field('tuple', [1]))).toMatchObject({
      type: 'missing',
      loc: ['tuple', 1],
      input: [1],
    });
  });
});
