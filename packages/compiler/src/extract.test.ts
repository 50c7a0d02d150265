import { TestProject, vivace } from '../tests/project';
import { extractTypes } from './extract';
import type { ClassDefinition, Definition, Reference } from './side-car';

function definitionsOf(source: string): Record<string, Definition> {
  using project = new TestProject({ ...vivace, 'src/dto.ts': source });
  return extractTypes(project.root).sideCar.defs;
}

function classOf(source: string, name: string): ClassDefinition {
  return definitionsOf(source)[`shop/src/dto.ts#${name}`] as ClassDefinition;
}

const ref = (name: string) => ({ ref: `shop/src/dto.ts#${name}` });
const int = { prim: 'number', tags: { format: 'int' } };

/** Declarations that the types below mention. */
const context = `
import { type int } from 'vivace';
enum Color { Red = 'r', Green = 'g' }
enum Level { Low, High = 10, Higher }
class User { name!: string; password = ''; nick?: string; age: int | null = null; }
class Page<T> { items!: T[]; next!: Page<T> | null }
interface Address { street: string; zip?: number }
type Alias = 'b' | 'a';
type Json = string | Json[] | { [key: string]: Json };
type Email = string & { readonly format?: 'email' };
declare const brand: unique symbol;
type UserId = string & { readonly [brand]: 'user' };
type UserOut = Omit<User, 'password'>;
type Pair<A> = { left: A; right: A };
type Choice<A> = A | null;
type Nullable<T> = { [K in keyof T]: T[K] | null };
type Both = Address & { city: string };
type Pet = { kind: 'cat'; lives: number } | { kind: 'dog' };
type Scores = Record<string, int>;
type Point = [x: number, y: number];
`;

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

describe('a definition', () => {
  let defs: Record<string, Definition>;
  const get = (name: string) => defs[`shop/src/dto.ts#${name}`];
  beforeAll(() => {
    defs = definitionsOf(`${context}
      class Uses { a!: UserOut; b!: Json; c!: Pair<string>; d!: Color; e!: Level; f!: Partial<User>; g!: Both; h!: Nullable<Address>; i!: Pet }`);
  });

  it('of an enum has its values', () => {
    expect(get('Color')).toMatchObject({ kind: 'enum', members: { Red: 'r', Green: 'g' } });
    expect(get('Level')).toMatchObject({ kind: 'enum', members: { Low: 0, High: 10, Higher: 11 } });
  });

  it('of an interface has its members', () => {
    expect(get('Address')).toMatchObject({
      kind: 'type',
      t: { object: { street: { t: 'string' }, zip: { t: 'number', opt: true } } },
    });
  });

  it('of a mapped alias says where each member comes from, with its default', () => {
    const from = 'shop/src/dto.ts#User';
    expect(get('UserOut')).toMatchObject({
      kind: 'type',
      t: {
        object: {
          name: { t: 'string', from },
          nick: { t: 'string', opt: true, from },
          age: { t: { union: [int, 'null'] }, default: null, from },
        },
      },
    });
    expect((get('UserOut') as { t: { object: object } }).t.object).not.toHaveProperty('password');
  });

  it('in place makes the members of Partial optional', () => {
    const { f } = (get('Uses') as ClassDefinition).props;
    expect(f!.t).toMatchObject({
      object: { name: { t: 'string', opt: true }, age: { t: { union: [int, 'null'] }, opt: true } },
    });
  });

  it('of an alias that contains itself refers to itself', () => {
    const json = { union: ['string', { array: ref('Json') }, { object: {}, index: ref('Json') }] };
    expect(get('Json')).toMatchObject({ kind: 'type', t: json });
    expect((get('Uses') as ClassDefinition).props['b']!.t).toEqual(ref('Json'));
  });

  it('of a generic alias keeps its parameters', () => {
    expect(get('Pair')).toMatchObject({
      kind: 'type',
      params: ['A'],
      t: { object: { left: { t: { param: 'A' } } } },
    });
  });

  it('of a mapped alias over its parameter is open, and each use of it has one of its own', () => {
    expect(get('Nullable')).toMatchObject({
      kind: 'type',
      params: ['T'],
      t: { unsupported: 'Nullable<T>' },
    });
    const { to } = (get('Uses') as ClassDefinition).props['h']!.t as Reference;
    expect(defs[to!]).toEqual({
      kind: 'type',
      line: expect.any(Number),
      t: {
        object: {
          street: { t: { union: ['string', 'null'] } },
          zip: { t: { union: ['number', 'null'] }, opt: true },
        },
      },
    });
  });

  it('of an intersection has the members of all', () => {
    expect(get('Both')).toMatchObject({
      t: { object: { street: { t: 'string' }, city: { t: 'string' } } },
    });
  });

  it('of a union of literals keeps its members in place', () => {
    const { i } = (get('Uses') as ClassDefinition).props;
    expect(i!.t).toMatchObject({
      union: [
        { object: { kind: { t: { lit: 'cat' } } } },
        { object: { kind: { t: { lit: 'dog' } } } },
      ],
    });
  });

  it('of a generic class keeps its parameters', () => {
    expect(get('Page')).toMatchObject({
      params: ['T'],
      props: {
        items: { t: { array: { param: 'T' } } },
        next: { t: { union: [{ ref: 'shop/src/dto.ts#Page', args: [{ param: 'T' }] }, 'null'] } },
      },
    });
  });
});

describe('a class', () => {
  it('has its fields with initialisers', () => {
    const { props } = classOf(
      `enum Unit { Kg = 'kg' }
       class Item { a = 1; b = -1.5; c = 'x'; d: string[] = []; e = { a: [true, null] }; f = new Date(); g: Unit = Unit.Kg; h!: number; i? = 3 }`,
      'Item',
    );
    expect(props).toMatchObject({
      a: { t: 'number', default: 1 },
      b: { default: -1.5 },
      c: { t: 'string', default: 'x' },
      d: { t: { array: 'string' }, default: [] },
      e: { default: { a: [true, null] } },
      f: { t: { builtin: 'Date' }, dyn: true },
      g: { default: 'kg' },
      h: { t: 'number' },
      i: { t: 'number', opt: true, default: 3 },
    });
    expect(props['h']).not.toHaveProperty('default');
  });

  it.each([
    ['id()', true],
    ['{ id: id() }', true],
    ['new Date()', true],
    ['new Item(id())', true],
    ['raw`x`', true],
    ["new Date('2020-01-01')", false],
    ['new Set([1])', false],
    ['constant', false],
    ['constant + 1', false],
    ['() => id()', false],
    ['class { a = id() }', false],
  ])('says of the initialiser %s whether it may be another each time', (written, varies) => {
    const { props } = classOf(
      `declare const id: () => number, constant: number, raw: (parts: TemplateStringsArray) => string;
       class Item { constructor(id = 0) {} a = ${written}; }`,
      'Item',
    );
    expect(props['a']).toMatchObject({ dyn: true });
    expect('varies' in props['a']!).toBe(varies);
  });

  it('keeps undefined where it is written and `?` where that is', () => {
    const { props } = classOf(
      'class A { a?: string; b: string | undefined; c?: string | null }',
      'A',
    );
    expect(props).toEqual({
      a: { t: 'string', opt: true },
      b: { t: { union: ['string', 'undefined'] } },
      c: { t: { union: ['string', 'null'] }, opt: true },
    });
  });

  it('has getters, read-only, private and protected members, but no static or #private ones and no methods', () => {
    const { props } = classOf(
      `class A { readonly a!: string; private b!: string; protected c!: string; get d() { return 1 } static e = 1; #f = 1; g() {} 'h-i'!: string;
         constructor(private readonly j: string, k: number) {} }`,
      'A',
    );
    expect(props).toEqual({
      j: { t: 'string', ro: true, vis: 'private' },
      a: { t: 'string', ro: true },
      b: { t: 'string', vis: 'private' },
      c: { t: 'string', vis: 'protected' },
      d: { t: 'number', get: true },
      'h-i': { t: 'string' },
    });
  });

  it('has its base with arguments, and its constructor', () => {
    const item = classOf(
      'class Base<T> { a!: T } abstract class Item extends Base<string> { constructor(b: number, c = 3, ...d: string[]) { super() } }',
      'Item',
    );
    expect(item).toMatchObject({
      abstract: true,
      extends: [{ ref: 'shop/src/dto.ts#Base', args: ['string'] }],
      ctor: [
        { name: 'b', t: 'number' },
        { name: 'c', t: 'number', default: 3 },
        { name: 'd', t: { array: 'string' }, rest: true },
      ],
    });
  });

  it('has its methods where one is decorated', () => {
    const { methods } = classOf(
      `import type { int } from 'vivace';
       const Get = () => (..._: unknown[]) => {};
       class A {
         /** Reads one.
          * @param id of the item
          */
         @Get() async read(id: int, q?: string, { a } = { a: 1 }, limit = 20): Promise<string | null> { return null }
         helper() { return 1 }
         async *lines(): AsyncGenerator<string> {}
         static no() {}
       }`,
      'A',
    );
    expect(methods).toEqual({
      read: {
        line: 7,
        doc: 'Reads one.',
        params: [
          { name: 'id', t: int, doc: 'of the item' },
          { name: 'q', t: 'string', opt: true },
          { name: '', t: 'unknown', default: { a: 1 } },
          { name: 'limit', t: 'number', default: 20 },
        ],
        returns: { builtin: 'Promise', args: [{ union: ['string', 'null'] }] },
        written: true,
        async: true,
      },
      helper: { line: 8, params: [], returns: 'unknown', immediate: true },
      lines: {
        line: 9,
        params: [],
        returns: { builtin: 'AsyncGenerator', args: ['string'] },
        written: true,
        generator: true,
        async: true,
      },
    });
  });

  it('has what JSDoc says', () => {
    const item = classOf(
      `/** An item.
        * @deprecated use Thing
        */
       class Item {
         /**
          * Its price,
          * in cents.
          *
          * @minimum 3
          * @format int32
          * @example 5
          * @deprecated
          */
         price!: number;
       }`,
      'Item',
    );
    expect(item).toMatchObject({ doc: 'An item.', tags: { deprecated: 'use Thing' } });
    expect(item.props['price']).toMatchObject({
      doc: 'Its price,\nin cents.',
      tags: { minimum: '3', format: 'int32', example: '5', deprecated: true },
    });
  });

  it('is told from others of its name in the same file, and has the name of its variable or its file', () => {
    const defs = definitionsOf(
      `class A { a!: string } function f() { class A { b!: string } return A } const B = class { c!: string }; export default class { d!: string }`,
    );
    expect(Object.keys(defs)).toEqual(
      ['A', 'A~2', 'B', 'Dto'].map((name) => `shop/src/dto.ts#${name}`),
    );
  });
});

describe('a dependency', () => {
  it('is known by its variable', () => {
    const defs = definitionsOf(
      `import { dependency as dep } from 'vivace';
       /** A page. */
       export const page = dep({ skip: 1 }, async ({ skip }: { skip: number }): Promise<number> => skip);
       const session = dep(async function* () { yield 1 });
       const other = [dep(() => 1)];`,
    );
    expect(defs).toEqual({
      'shop/src/dto.ts#page': expect.objectContaining({
        kind: 'function',
        doc: 'A page.',
        line: 3,
        written: true,
        async: true,
      }),
      'shop/src/dto.ts#session': expect.objectContaining({
        kind: 'function',
        line: 4,
        generator: true,
        async: true,
        params: [],
      }),
    });
  });
});

describe('the types of a package', () => {
  it('cover tests and everything else below its root', () => {
    using project = new TestProject({
      'src/a.ts': 'export class A {}',
      'tests/b.test.ts': 'export class B {}',
    });
    const { sideCar } = extractTypes(project.root);
    expect(Object.keys(sideCar.defs)).toEqual(['shop/src/a.ts#A', 'shop/tests/b.test.ts#B']);
    expect(Object.keys(sideCar.files)).toEqual(['shop/src/a.ts', 'shop/tests/b.test.ts']);
    expect(sideCar).toMatchObject({ v: 1, ts: expect.stringMatching(/^7\./), root: 'shop' });
  });

  it('keep the previous definitions of a file that has errors', () => {
    using project = new TestProject({
      'src/a.ts': 'export class A { a!: string }',
      'src/b.ts': 'export class B { b!: string }',
    });
    const previous = extractTypes(project.root).sideCar;
    project.write({
      'src/a.ts': 'export class A { a!: Missing }',
      'src/b.ts': 'export class B { b!: number }',
    });
    const { broken, sideCar } = extractTypes(project.root, { previous });
    expect(broken).toEqual([project.path('src/a.ts')]);
    expect(sideCar.defs).toMatchObject({
      'shop/src/a.ts#A': { props: { a: { t: 'string' } } },
      'shop/src/b.ts#B': { props: { b: { t: 'number' } } },
    });
  });

  it('say of a type that cannot be resolved that it is none, rather than any', () => {
    using project = new TestProject({ 'src/a.ts': 'export class A { a!: Missing; b!: string }' });
    const { broken, sideCar } = extractTypes(project.root);
    expect(broken).toEqual([project.path('src/a.ts')]);
    expect(sideCar.defs['shop/src/a.ts#A']).toMatchObject({
      props: {
        a: { t: { unsupported: 'a type that TypeScript cannot resolve' } },
        b: { t: 'string' },
      },
    });
  });

  it('know what declaration files of the package declare for all', () => {
    using project = new TestProject({
      'src/all.d.ts': 'interface Money { amount: number }',
      'src/a.ts': 'export class A { a!: Money }',
    });
    expect(extractTypes(project.root).sideCar.defs['shop/src/all.d.ts#Money']).toMatchObject({
      t: { object: { amount: { t: 'number' } } },
    });
  });

  it('cannot be read without null checks', () => {
    using project = new TestProject({ 'src/a.ts': 'class A {}' }, { options: { strict: false } });
    expect(() => extractTypes(project.root)).toThrow('"strictNullChecks": true');
  });

  it('follow the paths of the tsconfig', () => {
    using project = new TestProject(
      {
        'src/dto/a.ts': 'export class A { a!: string }',
        'src/b.ts': "import { A } from '#dto/a'; export class B { a!: A }",
      },
      {
        options: {
          paths: { '#dto/*': ['./src/dto/*'] },
          module: 'esnext',
          moduleResolution: 'bundler',
        },
      },
    );
    expect(extractTypes(project.root).sideCar.defs['shop/src/b.ts#B']).toMatchObject({
      props: { a: { t: { ref: 'shop/src/dto/a.ts#A' } } },
    });
  });
});

describe('types of another package', () => {
  const declaration =
    'export declare class Money { amount: number; }\nexport interface Tax { rate: number }\nexport declare class Client { send(): void }';
  const uses =
    "import { Money, Tax, Client } from 'bank'; export class Bill { money!: Money; tax!: Tax; client!: Client }";
  const bank = {
    'node_modules/bank/package.json': '{"name":"bank","version":"1.0.0","types":"dist/money.d.ts"}',
    'node_modules/bank/dist/money.d.ts': declaration,
  };

  it('have the id of their source, by the map of the declarations', () => {
    using project = new TestProject({
      ...bank,
      'node_modules/bank/dist/money.d.ts.map': JSON.stringify({
        version: 3,
        sources: ['../src/money.ts'],
        mappings: '',
      }),
      'src/bill.ts': uses,
    });
    const { defs } = extractTypes(project.root).sideCar;
    expect(defs['shop/src/bill.ts#Bill']).toMatchObject({
      props: {
        money: { t: { ref: 'bank/src/money.ts#Money' } },
        tax: { t: { ref: 'bank/src/money.ts#Tax' } },
        client: { t: { unsupported: 'Client' } },
      },
    });
    expect(defs['bank/src/money.ts#Money']).toMatchObject({ props: { amount: { t: 'number' } } });
  });

  it('are not copied where that package ships its own', () => {
    const shipped = { 'bank/src/money.ts#Money': { kind: 'class', line: 1, props: {} } };
    using project = new TestProject({
      ...bank,
      'node_modules/bank/dist/money.d.ts.map': JSON.stringify({
        version: 3,
        sources: ['../src/money.ts'],
        mappings: '',
      }),
      'node_modules/bank/dist/__types.cjs': `module.exports = ${JSON.stringify({ v: 1, ts: '7', root: 'bank', files: {}, defs: shipped })};\n`,
      'src/bill.ts': uses,
    });
    const { defs } = extractTypes(project.root).sideCar;
    expect(Object.keys(defs)).toEqual(['shop/src/bill.ts#Bill', 'bank/src/money.ts#Tax']);
  });

  it('are found by file and name in what it ships, without a map', () => {
    const shipped = { 'bank/src/money.ts#Money': { kind: 'class', line: 1, props: {} } };
    using project = new TestProject({
      ...bank,
      'node_modules/bank/dist/__types.cjs': `module.exports = ${JSON.stringify({ v: 1, ts: '7', root: 'bank', files: {}, defs: shipped })};\n`,
      'src/bill.ts': uses,
    });
    const { defs } = extractTypes(project.root).sideCar;
    expect(defs['shop/src/bill.ts#Bill']).toMatchObject({
      props: { money: { t: { ref: 'bank/src/money.ts#Money' } } },
    });
  });

  it('are read from their declarations otherwise', () => {
    using project = new TestProject({ ...bank, 'src/bill.ts': uses });
    const { defs } = extractTypes(project.root).sideCar;
    expect(defs['shop/src/bill.ts#Bill']).toMatchObject({
      props: { tax: { t: { ref: 'bank/dist/money.d.ts#Tax' } } },
    });
    expect(defs['bank/dist/money.d.ts#Tax']).toMatchObject({
      t: { object: { rate: { t: 'number' } } },
    });
  });
});
