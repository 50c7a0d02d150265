import type { Json } from '../description';

/** A type of fields, with values of it and the decorators that may stand on it. */
interface Kind {
  readonly type: string;
  readonly values: readonly Json[];
  /** As they are written; `,` stands where options go. */
  readonly decorators: readonly string[];
}

const FORMS = [
  'IsAlpha(undefined,)',
  "IsAlphanumeric('en-US',)",
  'IsAscii()',
  'IsBase64({},)',
  'IsBooleanString()',
  'IsByteLength(1, 3,)',
  'IsDateString({},)',
  'IsDecimal({},)',
  'IsFQDN({},)',
  'IsHexColor()',
  'IsHexadecimal()',
  'IsIP(4,)',
  'IsIP(undefined,)',
  'IsJSON()',
  'IsLocale()',
  'IsMACAddress({},)',
  'IsMilitaryTime()',
  'IsMimeType()',
  'IsMongoId()',
  'IsMultibyte()',
  'IsOctal()',
  'IsPort()',
  'IsRFC3339()',
  'IsSemVer()',
  'IsStrongPassword({},)',
  'IsTimeZone()',
  'IsUrl({},)',
  'IsUUID(undefined,)',
  'IsUUID(4,)',
  'IsVariableWidth()',
  'IsPhoneNumber(undefined,)',
  'IsISO31661Alpha2()',
  'IsLatLong()',
];

export const KINDS: readonly Kind[] = [
  {
    type: 'string',
    values: [
      ...['', 'a', 'b', 'abc', 'abcd', 'a@b.co', '2020-01-01', '😀', '12', ' a', 'A', 'äö', '#fff'],
      ...['1.2.3.4', '::1', 'true', '{}', 'a.co', '10:30', 'YWJj', '00:1b:44:11:3a:b7', '1.0.0'],
      ...['9c858901-8a57-4791-81fe-4c455b099bc9', '507f1f77bcf86cd799439011', 'http://a.co'],
      ...['+4930123456', '2020-01-01T10:00:00Z', 'Europe/Berlin', 'text/plain', 'DE', '1,2'],
    ],
    decorators: [
      'IsString()',
      'MinLength(1,)',
      'MaxLength(3,)',
      'Length(1, 4,)',
      'Matches(/^a/,)',
      "IsIn(['a', 'abc', 'b'],)",
      "IsNotIn(['a', '12'],)",
      "Equals('a',)",
      "NotEquals('b',)",
      "Contains('a',)",
      "NotContains('a',)",
      'IsEmpty()',
      'IsNotEmpty()',
      'IsLowercase()',
      'IsUppercase()',
      'IsEmail({},)',
      'IsNumberString({},)',
      'IsISO8601({},)',
    ],
  },
  {
    type: 'string',
    values: [
      ...['', 'abc', 'a@b.co', '2020-01-01', '12', '#fff', '1.2.3.4', '::1', 'true', '{}', 'a.co'],
      ...['10:30', 'YWJj', '00:1b:44:11:3a:b7', '1.0.0', 'http://a.co', 'Europe/Berlin', 'DE'],
      ...['9c858901-8a57-4791-81fe-4c455b099bc9', '507f1f77bcf86cd799439011', '+4930123456'],
      ...['2020-01-01T10:00:00Z', 'text/plain', '1,2', 'en-US', '😀', 'äö', 'Aa1!aaaa', '0o17'],
    ],
    decorators: FORMS,
  },
  {
    type: 'number',
    values: [0, 1, -1, 2.5, 3, 10, 1e9],
    decorators: [
      'IsNumber({ maxDecimalPlaces: 2 },)',
      'IsInt()',
      'Min(0,)',
      'Max(9,)',
      'IsIn([0, 1, 3],)',
      'IsPositive()',
      'IsNegative()',
      'IsDivisibleBy(2,)',
      'IsNotIn([1],)',
      'Equals(1,)',
      'NotEquals(0,)',
      'IsNotEmpty()',
      'IsLatitude()',
      'IsLongitude()',
      'IsDefined()',
    ],
  },
  {
    type: 'int',
    values: [0, 1, -1, 3, 10],
    decorators: ['Min(0,)', 'Max(9,)', 'IsInt()', 'IsDivisibleBy(3,)', 'IsNumber({},)'],
  },
  {
    type: 'boolean',
    values: [true, false],
    decorators: [
      'IsBoolean()',
      'Equals(true,)',
      'NotEquals(false,)',
      'IsIn([true],)',
      'IsDefined()',
    ],
  },
  {
    type: 'Date',
    values: ['2019-12-31T23:59:59Z', '2020-01-01T00:00:00Z', '2021-06-01T12:00:00+02:00'],
    decorators: [
      'IsDate()',
      "MinDate(new Date('2020-01-01'),)",
      "MaxDate(new Date('2020-01-01'),)",
      'IsNotEmpty()',
    ],
  },
];

/** What may stand on a list of any type. */
export const OF_LISTS: readonly string[] = [
  'IsArray()',
  'ArrayNotEmpty()',
  'ArrayMinSize(1,)',
  'ArrayMaxSize(2,)',
  'ArrayUnique()',
  'IsNotEmpty()',
  "ArrayContains(['a'],)",
  "ArrayNotContains(['a', 1],)",
];
