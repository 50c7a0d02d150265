import { TestProject, vivace } from '../../tests/project';
import { extractTypes } from './extract';
import type { ClassDefinition, Definition } from './type-data';

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

  it('are read anew where only a library mentions what is not installed', () => {
    const library = {
      'node_modules/loud/package.json': '{"name":"loud","version":"1.0.0","types":"index.d.ts"}',
      'node_modules/loud/index.d.ts': `import debug from 'not-installed';
export type Loggers = Record<string, debug.Debugger>;
export type Named<T> = { name: T; log: debug.Debugger };
export interface Client { log: debug.Debugger; all: Loggers }`,
    };
    const program = (field: string): string => `import type { Client, Loggers, Named } from 'loud';
export class A {
  ${field}!: string;
  loggers!: Loggers;
  named!: Named<string>;
  log!: Pick<Client, 'log'>;
  constructor(readonly client: Client, readonly more: Loggers) {}
}`;
    using project = new TestProject({ ...library, 'src/a.ts': program('before') });
    const previous = extractTypes(project.root).sideCar;
    project.write({ 'src/a.ts': program('after') });
    const { broken, sideCar } = extractTypes(project.root, { previous });
    expect(broken).toEqual([]);
    const unsupported = { unsupported: 'a type that TypeScript cannot resolve' };
    expect(sideCar.defs['shop/src/a.ts#A']).toMatchObject({
      props: {
        after: { t: 'string' },
        loggers: { t: { record: ['string', unsupported] } },
      },
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
        client: { t: { foreign: 'Client', module: 'bank' } },
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
