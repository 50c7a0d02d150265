import { classOf, context, int, ref } from '../../tests/extracted';
import type { ClassDefinition } from './type-data';

describe('a type comes through', () => {
  const cases: [written: string, data: unknown][] = [
    ['string', 'string'],
    ['string | null', { union: ['string', 'null'] }],
    ['boolean | null', { union: ['boolean', 'null'] }],
    ['null | string | number', { union: ['null', 'string', 'number'] }],
    ["'kg' | 'piece'", { union: [{ lit: 'kg' }, { lit: 'piece' }] }],
    ['1 | -1', { union: [{ lit: 1 }, { lit: -1 }] }],
    ['12n', { big: '12' }],
    ['bigint', 'bigint'],
    ['unknown', 'unknown'],
    ['any', 'any'],
    ['Alias | null', { union: [{ lit: 'b' }, { lit: 'a' }, 'null'] }],
    ['int', int],
    ['int | null', { union: [int, 'null'] }],
    ['int[]', { array: int }],
    ['Email', { prim: 'string', tags: { format: 'email' } }],
    ['UserId', { prim: 'string', tags: { brand: 'user' } }],
    ['Color', ref('Color')],
    ['Color | null', { union: [ref('Color'), 'null'] }],
    ['Color.Red', { lit: 'r' }],
    ['Level | Color', { union: [ref('Level'), ref('Color')] }],
    ['Exclude<Level, Level.Low>', { union: [{ lit: 10 }, { lit: 11 }] }],
    ['readonly string[]', { array: 'string' }],
    ['ReadonlyArray<User>', { array: ref('User') }],
    ['[string, int?]', { tuple: ['string', { opt: int }] }],
    ['[string, ...number[]]', { tuple: ['string', { rest: 'number' }] }],
    ['Point', { tuple: ['number', 'number'] }],
    ['Record<string, int>', { record: ['string', int] }],
    ['Scores', { record: ['string', int] }],
    ['Record<Alias, number>', { object: { b: { t: 'number' }, a: { t: 'number' } } }],
    ['{ [key: string]: number }', { object: {}, index: 'number' }],
    ['Map<int, User>', { builtin: 'Map', args: [int, ref('User')] }],
    ['ReadonlySet<string>', { builtin: 'Set', args: ['string'] }],
    ['Date', { builtin: 'Date' }],
    ['Buffer', { builtin: 'Buffer' }],
    ['Uint8Array', { builtin: 'Uint8Array' }],
    ['Request', { builtin: 'Request' }],
    ['AbortSignal', { builtin: 'AbortSignal' }],
    ['WeakMap<object, string>', { unsupported: 'WeakMap' }],
    ['`a-${number}`', { tpl: ['a-', ''], of: ['number'] }],
    ['(a: string) => void', 'function'],
    ['User', ref('User')],
    ['Page<User>', { ref: 'shop/src/dto.ts#Page', args: [ref('User')] }],
    [
      'Page<User | null>[]',
      { array: { ref: 'shop/src/dto.ts#Page', args: [{ union: [ref('User'), 'null'] }] } },
    ],
    ['Address', ref('Address')],
    ['UserOut', ref('UserOut')],
    ['Pair<int>', { ref: 'shop/src/dto.ts#Pair', args: [int] }],
    ['Choice<User>', { union: [ref('User'), 'null'] }],
    ['Both', ref('Both')],
    ['Pair<Address>', { ref: 'shop/src/dto.ts#Pair', args: [ref('Address')] }],
    [
      'Nullable<Address>',
      {
        ref: 'shop/src/dto.ts#Nullable',
        args: [ref('Address')],
        to: expect.stringMatching(/^shop\/src\/dto\.ts#Nullable<\w+>$/),
      },
    ],
    ['NonNullable<string | null>', 'string'],
    ['Promise<User>', { builtin: 'Promise', args: [ref('User')] }],
    ['AsyncGenerator<int, void, unknown>', { builtin: 'AsyncGenerator', args: [int] }],
    ["User['age']", { union: [int, 'null'] }],
    ['typeof Level.High', { lit: 10 }],
    // Brands, and members that may be missing, leave a class of the platform or a list what it is.
    ['Date & Opt', { builtin: 'Date' }],
    ["(Date & { readonly __brand: 'x' }) | null", { union: [{ builtin: 'Date' }, 'null'] }],
    ["Buffer & { readonly kind: 'png'; note?: string }", { builtin: 'Buffer' }],
    ['Branded<Map<string, int>>', { builtin: 'Map', args: ['string', int] }],
    ['Branded<string[]>', { array: 'string' }],
    ['[string, int] & Opt', { tuple: ['string', int] }],
    [
      'string[] & { readonly minItems?: 2; readonly note?: 1 }',
      { prim: { array: 'string' }, tags: { minItems: 2 } },
    ],
    ['Promise<User> & Opt', { builtin: 'Promise', args: [ref('User')] }],
    ['Date & { extra: string }', { unsupported: 'Date & { extra: string; }' }],
    ['Date & Address', { unsupported: 'Date & Address' }],
    ['string[] & Set<string>', { unsupported: 'string[] & Set<string>' }],
    ['(() => void) & { a?: 1 }', 'function'],
    [
      'Address & { extra?: string }',
      {
        object: {
          street: { t: 'string' },
          zip: { t: 'number', opt: true },
          extra: { t: 'string', opt: true },
        },
      },
    ],
    // What the side-car has no words for is never read as less.
    ['Uppercase<string>', { unsupported: 'Uppercase<string>' }],
    ['`a-${Uppercase<string>}`', { unsupported: '`a-${Uppercase<string>}`' }],
    ['{ [key: number]: string }', { record: ['number', 'string'] }],
    ['{ [key: `x-${string}`]: int }', { record: [{ tpl: ['x-', ''], of: ['string'] }, int] }],
    [
      '{ [key: string]: unknown; [key: number]: string }',
      { unsupported: '{ [key: string]: unknown; [key: number]: string; }' },
    ],
    [
      '{ a: string; [key: `x-${string}`]: int }',
      { unsupported: '{ [key: `x-${string}`]: int; a: string; }' },
    ],
    ['{ [key: string]: int; [key: number]: int }', { object: {}, index: int }],
  ];

  const fields = cases.map(([written], index) => `  f${index}!: ${written};`).join('\n');
  let props: ClassDefinition['props'];
  beforeAll(() => (props = classOf(`${context}\nclass All {\n${fields}\n}`, 'All').props));

  test.each(cases.map(([written, data], index) => [written, data, index] as const))(
    '%s',
    (_, data, index) => {
      expect(props[`f${index}`]!.t).toEqual(data);
    },
  );
});
