import type { TextFormat } from '../declare/class';
import type { Schema } from '../schema/schema';
import { interpret } from './interpret';
import type { Outcome } from './validation-state';

const read = (schema: Schema, value: unknown) =>
  interpret(schema, value, { loc: [], mode: 'json' }) as Outcome;
const int: Schema = { kind: 'number', integer: true };
const float: Schema = { kind: 'number' };
const bool: Schema = { kind: 'boolean' };
const str: Schema = { kind: 'string' };
const instant: Schema = { kind: 'instant' };
const text = (format: TextFormat): Schema => ({
  kind: 'string',
  format,
});
const colour: Schema = { kind: 'enum', name: 'Colour', values: ['red', 'blue'] };
const level: Schema = { kind: 'enum', name: 'Level', values: [1, 2] };
const literal: Schema = { kind: 'literal', values: ['a', 'b', 1] };

describe('values that pydantic accepts', () => {
  it.each<[Schema, unknown, unknown]>([
    [int, '12', 12],
    [int, '+5', 5],
    [int, '1.0', 1],
    [int, 1, 1],
    [int, true, 1],
    [float, '1.5', 1.5],
    [float, '.5', 0.5],
    [float, '5.', 5],
    [float, true, 1],
    [float, 1, 1],
    [{ kind: 'number', allowInfNan: true }, '-inf', -Infinity],
    [bool, 'True', true],
    [bool, 'oN', true],
    [bool, 'n', false],
    [bool, 0, false],
    [str, 'a', 'a'],
    [{ kind: 'string', trim: true }, '  Ab ', 'Ab'],
    [{ kind: 'bigint' }, '123456789012345678901234567890', 123456789012345678901234567890n],
    [{ kind: 'bytes' }, 'é', Buffer.from('é')],
    [{ kind: 'bytes', encoding: 'base64' }, 'SGVsbG8=', Buffer.from('Hello')],
    [literal, 1, 1],
    [colour, 'red', 'red'],
    [level, '1', 1],
    [instant, '2020-01-01T00:00:00Z', new Date('2020-01-01T00:00:00Z')],
    [instant, '2020-01-01 00:00', new Date('2020-01-01T00:00:00Z')],
    [instant, '2020-01-01', new Date('2020-01-01T00:00:00Z')],
    [instant, '2020-01-01T00:00:00.123456+02:00', new Date('2019-12-31T22:00:00.123Z')],
    [instant, '0045-01-01', new Date('0045-01-01T00:00:00Z')],
    [instant, 1_600_000_000, new Date(1_600_000_000_000)],
    [instant, 1_600_000_000_000, new Date(1_600_000_000_000)],
    [instant, '1600000000', new Date(1_600_000_000_000)],
    [text('date-time'), '2020-01-01T00:00:00', '2020-01-01T00:00:00'],
    [text('date-time'), 1_600_000_000, '2020-09-13T12:26:40.000Z'],
    [text('date-time'), '.1515', '1970-01-01T00:00:00.151500Z'],
    [text('date-time'), '-.25', '1969-12-31T23:59:59.750Z'],
    [text('time'), 2107.94051643461, '00:35:07.940516Z'],
    [text('time'), 0.9999999, '00:00:01.000Z'],
    [instant, 73_638_694_547_117, new Date(73_638_694_547_117)],
    [text('date'), '2020-02-29', '2020-02-29'],
    [text('date'), '2020-01-01T00:00:00', '2020-01-01'],
    [text('date'), 86_400, '1970-01-02'],
    [text('time'), '10:00:00Z', '10:00:00Z'],
    [text('duration'), 'PT1H30M', 'PT1H30M'],
    [text('duration'), '3 days 04:05:06', '3 days 04:05:06'],
    [text('duration'), 300, 'PT300S'],
    [
      text('uuid'),
      '{9c858901-8a57-4791-81fe-4c455b099bc9}',
      '{9c858901-8a57-4791-81fe-4c455b099bc9}',
    ],
    [text('decimal'), 5, '5'],
    [text('decimal'), '-1.50', '-1.50'],
    [text('url'), 'http://example.com', 'http://example.com'],
    [text('ip'), '::1', '::1'],
    [text('email'), 'a.b+c@example.co.uk', 'a.b+c@example.co.uk'],
    [text('email'), 'a@b.c', 'a@b.c'],
    [text('email'), 'ä@ä.com', 'ä@ä.com'],
    [text('email'), 'a@example.test', 'a@example.test'],
  ])('%j reads %j', (schema, value, expected) => {
    expect(read(schema, value)).toEqual({ value: expected, issues: [] });
  });
});

describe('values that pydantic refuses', () => {
  it.each<[Schema, unknown, string, string, object?]>([
    [
      int,
      '1.5',
      'int_parsing',
      'Input should be a valid integer, unable to parse string as an integer',
    ],
    [
      int,
      ' 12 ',
      'int_parsing',
      'Input should be a valid integer, unable to parse string as an integer',
    ],
    [
      int,
      '1_000',
      'int_parsing',
      'Input should be a valid integer, unable to parse string as an integer',
    ],
    [
      int,
      '٣',
      'int_parsing',
      'Input should be a valid integer, unable to parse string as an integer',
    ],
    [
      int,
      '9007199254740993',
      'int_parsing_size',
      'Unable to parse input string as an integer, exceeded maximum size',
    ],
    [
      int,
      1e21,
      'int_parsing_size',
      'Unable to parse input string as an integer, exceeded maximum size',
    ],
    [
      int,
      1.5,
      'int_from_float',
      'Input should be a valid integer, got a number with a fractional part',
    ],
    [int, Infinity, 'finite_number', 'Input should be a finite number'],
    [int, null, 'int_type', 'Input should be a valid integer'],
    [int, [], 'int_type', 'Input should be a valid integer'],
    [{ ...int, strict: true }, '3', 'int_type', 'Input should be a valid integer'],
    [{ ...int, strict: true }, 1.5, 'int_type', 'Input should be a valid integer'],
    [{ ...int, strict: true }, Infinity, 'int_type', 'Input should be a valid integer'],
    [{ kind: 'bigint', strict: true }, 1.5, 'int_type', 'Input should be a valid integer'],
    [
      float,
      'abc',
      'float_parsing',
      'Input should be a valid number, unable to parse string as a number',
    ],
    [
      float,
      '',
      'float_parsing',
      'Input should be a valid number, unable to parse string as a number',
    ],
    [float, 'nan', 'finite_number', 'Input should be a finite number'],
    [float, '1e400', 'finite_number', 'Input should be a finite number'],
    [float, null, 'float_type', 'Input should be a valid number'],
    [bool, '', 'bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
    [bool, 2, 'bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
    [bool, 0.5, 'bool_type', 'Input should be a valid boolean'],
    [{ ...bool, strict: true }, 'true', 'bool_type', 'Input should be a valid boolean'],
    [str, 1, 'string_type', 'Input should be a valid string'],
    [literal, '1', 'literal_error', "Input should be 'a', 'b' or 1", { expected: "'a', 'b' or 1" }],
    [colour, null, 'enum', "Input should be 'red' or 'blue'", { expected: "'red' or 'blue'" }],
    [level, 3, 'enum', 'Input should be 1 or 2', { expected: '1 or 2' }],
    [
      instant,
      '',
      'datetime_from_date_parsing',
      'Input should be a valid datetime or date, input is too short',
      { error: 'input is too short' },
    ],
    [
      instant,
      'not a date',
      'datetime_from_date_parsing',
      'Input should be a valid datetime or date, invalid character in year',
      { error: 'invalid character in year' },
    ],
    [
      instant,
      '2020-02-30T00:00:00',
      'datetime_from_date_parsing',
      'Input should be a valid datetime or date, day value is outside expected range',
      { error: 'day value is outside expected range' },
    ],
    [
      instant,
      '2020-01-01T25:00:00',
      'datetime_from_date_parsing',
      'Input should be a valid datetime or date, unexpected extra characters at the end of the input',
      { error: 'unexpected extra characters at the end of the input' },
    ],
    [instant, true, 'datetime_type', 'Input should be a valid datetime'],
    [
      instant,
      1e20,
      'datetime_parsing',
      'Input should be a valid datetime, dates after 9999 are not supported as unix timestamps',
      { error: 'dates after 9999 are not supported as unix timestamps' },
    ],
    [
      text('date'),
      '2020-01-01T10:00:00',
      'date_from_datetime_inexact',
      'Datetimes provided to dates should have zero time - e.g. be exact dates',
    ],
    [
      text('date'),
      '2020-1-1',
      'date_from_datetime_parsing',
      'Input should be a valid date or datetime, input is too short',
      { error: 'input is too short' },
    ],
    [
      text('date'),
      '2020-01-01T10:00:00+24:00',
      'date_from_datetime_parsing',
      'Input should be a valid date or datetime, timezone offset must be less than 24 hours',
      { error: 'timezone offset must be less than 24 hours' },
    ],
    [
      text('time'),
      '25:00',
      'time_parsing',
      'Input should be in a valid time format, hour value is outside expected range of 0-23',
      { error: 'hour value is outside expected range of 0-23' },
    ],
    [
      text('time'),
      '10:00:00.',
      'time_parsing',
      'Input should be in a valid time format, second fraction digits missing after `.`',
      { error: 'second fraction digits missing after `.`' },
    ],
    [
      text('duration'),
      'x',
      'time_delta_parsing',
      'Input should be a valid timedelta, invalid digit in duration',
      { error: 'invalid digit in duration' },
    ],
    [
      text('duration'),
      'P1',
      'time_delta_parsing',
      'Input should be a valid timedelta, quantity invalid in date part of duration',
      { error: 'quantity invalid in date part of duration' },
    ],
    [
      text('duration'),
      '1\n2',
      'time_delta_parsing',
      'Input should be a valid timedelta, "day" identifier in duration not correctly formatted',
      { error: '"day" identifier in duration not correctly formatted' },
    ],
    [
      text('duration'),
      '60',
      'time_delta_parsing',
      'Input should be a valid timedelta, "day" identifier in duration not correctly formatted',
      { error: '"day" identifier in duration not correctly formatted' },
    ],
    [
      text('uuid'),
      'abc',
      'uuid_parsing',
      'Input should be a valid UUID, invalid length: found 3',
      { error: 'invalid length: found 3' },
    ],
    [
      text('uuid'),
      '9c858901-8a57-4791-81fe-4c455b099bcz',
      'uuid_parsing',
      'Input should be a valid UUID, invalid character: found `z` at 35',
      { error: 'invalid character: found `z` at 35' },
    ],
    [
      text('uuid'),
      '9c858901-8a57-4791-81fe4c455b099bc9',
      'uuid_parsing',
      'Input should be a valid UUID, invalid group count: expected 5, found 4',
      { error: 'invalid group count: expected 5, found 4' },
    ],
    [
      text('uuid'),
      '9c85890-18a57-4791-81fe-4c455b099bc9',
      'uuid_parsing',
      'Input should be a valid UUID, invalid group length in group 0: expected 8, found 7',
      { error: 'invalid group length in group 0: expected 8, found 7' },
    ],
    [text('decimal'), 'NaN', 'finite_number', 'Input should be a finite number'],
    [
      text('decimal'),
      true,
      'decimal_type',
      'Decimal input should be an integer, float, string or Decimal object',
    ],
    [text('decimal'), 'abc', 'decimal_parsing', 'Input should be a valid decimal'],
    [
      text('url'),
      'not a valid url',
      'url_parsing',
      'Input should be a valid URL, relative URL without a base',
      { error: 'relative URL without a base' },
    ],
    [
      text('url'),
      'http://',
      'url_parsing',
      'Input should be a valid URL, empty host',
      { error: 'empty host' },
    ],
    [
      text('url'),
      'http://a:99999',
      'url_parsing',
      'Input should be a valid URL, invalid port number',
      { error: 'invalid port number' },
    ],
    [
      text('url'),
      'ftp://x.y',
      'url_scheme',
      "URL scheme should be 'http' or 'https'",
      { expected_schemes: "'http' or 'https'" },
    ],
    [text('ip'), '1.2.3.4/24', 'ip_any_address', 'value is not a valid IPv4 or IPv6 address'],
    ...(
      [
        ['"quoted"@example.com', 'Quoting the part before the @-sign is not allowed here.'],
        [
          'Ann <a@b.co>',
          'A display name and angle brackets around the email address are not permitted here.',
        ],
        ['a@b.co\n', 'Carriage return and line feed characters are not allowed'],
        ['a@[1.2.3.4]', 'A bracketed IP address after the @-sign is not allowed here.'],
        [`${'a'.repeat(250)}@b.co`, 'The email address is too long (1 character too many).'],
        ['\ud800@b.co', 'The email address contains unsafe characters: U+D800.'],
      ] as const
    ).map(([value, reason]): [Schema, unknown, string, string, object] => [
      text('email'),
      value,
      'value_error',
      `value is not a valid email address: ${reason}`,
      { reason },
    ]),
    [
      text('email'),
      'a@b',
      'value_error',
      'value is not a valid email address: The part after the @-sign is not valid. It should have a period.',
      { reason: 'The part after the @-sign is not valid. It should have a period.' },
    ],
    [
      text('email'),
      'a\ud800@b.co',
      'value_error',
      expect.stringContaining('value is not a valid email address') as string,
      expect.anything() as object,
    ],
    [
      { kind: 'bytes', encoding: 'base64' },
      '!!',
      'bytes_invalid_encoding',
      'Data should be valid base64: Invalid symbol 33, offset 0.',
      { encoding: 'base64', encoding_error: 'Invalid symbol 33, offset 0.' },
    ],
    [{ kind: 'null' }, 0, 'none_required', 'Input should be None'],
  ])('%j refuses %j', (schema, input, type, msg, ...[ctx]) => {
    expect(read(schema, input).issues).toEqual([
      { type, loc: [], msg, input, ...(ctx === undefined ? {} : { ctx }) },
    ]);
  });
});

describe('texts of path, query and headers', () => {
  it('stand for literals that are no strings', () => {
    expect(
      interpret({ kind: 'literal', values: [1, 2, true] }, 'true', { loc: [], mode: 'text' }),
    ).toEqual({ value: true, issues: [] });
  });
  it('are converted also where JSON is strict', () => {
    expect(interpret({ ...int, strict: true }, '3', { loc: [], mode: 'text' })).toEqual({
      value: 3,
      issues: [],
    });
  });
});

describe('an address of any scheme', () => {
  const address = text('any-url');

  it.each(['postgres://u:p@h/db', 'http://a.b', 'mailto:a@b.c', 'file:///etc', 'redis://', 'foo:'])(
    'may be %s',
    (value) => {
      expect(read(address, value).value).toBe(value);
    },
  );

  it.each<[unknown, string, string]>([
    [1, 'url_type', 'URL input should be a string or URL'],
    ['', 'url_parsing', 'Input should be a valid URL, input is empty'],
    ['foo', 'url_parsing', 'Input should be a valid URL, relative URL without a base'],
    ['://x', 'url_parsing', 'Input should be a valid URL, relative URL without a base'],
    ['http://', 'url_parsing', 'Input should be a valid URL, empty host'],
    ['postgres://h:99999/x', 'url_parsing', 'Input should be a valid URL, invalid port number'],
    ['postgres://a b', 'url_parsing', 'Input should be a valid URL, invalid domain character'],
  ])('is not %p, as in pydantic', (value, type, msg) => {
    expect(read(address, value).issues).toMatchObject([{ type, msg }]);
  });
});
