import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractTypes } from '../types/extract';
import { TypeSession } from './session';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vivace-session-'));
  symlinkSync(join(__dirname, '../../../../node_modules'), join(root, 'node_modules'));
  write('package.json', '{ "name": "shop", "type": "commonjs" }');
  write(
    'tsconfig.json',
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2023", "experimentalDecorators": true, "types": [] } }',
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** What a warm session knows is what a cold one reads. */
function expectFresh(session: TypeSession, changed: readonly string[]): void {
  const { sideCar } = session.update(changed);
  const cold = extractTypes(root).sideCar;
  expect(sideCar.files).toEqual(cold.files);
  expect(sideCar.defs).toEqual(cold.defs);
}

describe('a warm session', () => {
  it('knows after every change what a cold one reads', () => {
    const part = write(
      'src/part.ts',
      'export class Part { name!: string }\nexport type Size = 1 | 2;',
    );
    const item = write(
      'src/item.ts',
      `import { Part, Size } from './part';\nexport class Item { part!: Part; size!: Size }`,
    );
    using session = new TypeSession(root);
    expectFresh(session, []);
    write(
      'src/item.ts',
      `import { Part, Size } from './part';\n\nexport class Item { part!: Part; size!: Size; read() { return 1; } }`,
    );
    expectFresh(session, [item]);
    write(
      'src/item.ts',
      `import { Part } from './part';\nexport class Item { part?: Part; tags: string[] = [] }`,
    );
    expectFresh(session, [item]);
    write('src/part.ts', 'export class Part { id!: number }');
    expectFresh(session, [part]);
    const order = write(
      'src/order.ts',
      `import { Item } from './item';\nexport class Order { items!: Item[] }`,
    );
    expectFresh(session, [order]);
    rmSync(order);
    expectFresh(session, [order]);
  });

  it.each([
    [
      'an alias that is read in place',
      'export type Size = 1 | 2;',
      'export type Size = 1 | 3;',
      'Size',
    ],
    [
      'a constant whose type is inferred',
      'export const sizes = { a: 1 };',
      `export const sizes = { a: 'x' };`,
      'typeof sizes',
    ],
    [
      'a function whose type is inferred',
      'export const size = () => 1;',
      `export const size = () => 'x';`,
      'ReturnType<typeof size>',
    ],
    [
      'a mapped type',
      'export type Of<T> = { [K in keyof T]: T[K] };',
      'export type Of<T> = { [K in keyof T]?: 1 };',
      'Of<{ a: string }>',
    ],
  ])('sees through files that pass it on that %s has changed', (_, before, after, type) => {
    const size = write('src/size.ts', before);
    write('src/all.ts', `export * from './size';`);
    write(
      'src/item.ts',
      `import * as all from './all';\nexport class Item { size!: ${type.replace(/([Ss]ize|Of)/, 'all.$1')} }`,
    );
    write('src/other.ts', 'export class Other { name!: string }');
    using session = new TypeSession(root);
    const first = session.update().sideCar.defs;
    write('src/size.ts', after);
    expectFresh(session, [size]);
    expect(session.update([size]).sideCar.defs).not.toEqual(first);
  });

  it('sees what a file declares for all', () => {
    const everywhere = write(
      'src/everywhere.ts',
      'export {}; declare global { interface Money { amount: number } }',
    );
    const ambient = write('src/ambient.d.ts', 'interface Tax { rate: number }');
    write('src/item.ts', 'export class Item { price!: Money; tax!: Tax }');
    using session = new TypeSession(root);
    expectFresh(session, []);
    write('src/everywhere.ts', 'export {}; declare global { interface Money { amount: string } }');
    expectFresh(session, [everywhere]);
    write('src/ambient.d.ts', 'interface Tax { rate: string }');
    expectFresh(session, [ambient]);
    expect(JSON.stringify(session.update().sideCar.defs)).not.toContain('"number"');
  });

  it('keeps the definitions of a broken file, with what they mention, until it is whole again', () => {
    write('src/part.ts', 'export interface Part { name: string }');
    const item = write(
      'src/item.ts',
      `import { Part } from './part';\nexport class Item { part!: Part }\nexport class Other { id!: number }`,
    );
    using session = new TypeSession(root);
    const { defs } = session.update().sideCar;
    write(
      'src/item.ts',
      'export class Item { part!: Missing }\nexport class Other { id!: string }',
    );
    const broken = session.update([item]);
    expect(broken.broken).toEqual([item]);
    expect(broken.sideCar.defs).toMatchObject({
      'shop/src/item.ts#Item': defs['shop/src/item.ts#Item'],
      'shop/src/part.ts#Part': defs['shop/src/part.ts#Part'],
      'shop/src/item.ts#Other': { props: { id: { t: 'string' } } },
    });
    const third = write('src/third.ts', 'export class Third {}');
    expect(session.update([third]).broken).toEqual([item]);
    write('src/item.ts', 'export class Item {{ part!: string }');
    expect(session.update([item])).toMatchObject({
      broken: [item],
      sideCar: { defs: { 'shop/src/item.ts#Item': defs['shop/src/item.ts#Item'] } },
    });
    write('src/item.ts', 'export class Item { part!: string }');
    expectFresh(session, [item]);
    expect(session.update([item]).broken).toEqual([]);
  });

  it('keeps an interface that is broken in another file than the one that was changed', () => {
    const part = write('src/part.ts', 'export interface Part { name: string }');
    write('src/item.ts', `import { Part } from './part';\nexport class Item { part!: Part }`);
    using session = new TypeSession(root);
    session.update();
    write('src/part.ts', 'export interface Part { name: Missing }');
    const { broken, sideCar } = session.update([part]);
    expect(broken).toEqual([part]);
    expect(sideCar.defs['shop/src/part.ts#Part']).toMatchObject({
      t: { object: { name: { t: 'string' } } },
    });
  });

  it('starts anew after a failure', () => {
    const config = { strict: true, module: 'nodenext', target: 'es2023', types: [] };
    const item = write('src/item.ts', 'export class Item { name!: string }');
    using session = new TypeSession(root);
    session.update();
    const settings = write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { ...config, strict: false } }),
    );
    expect(() => session.update([settings])).toThrow('"strictNullChecks": true');
    write('tsconfig.json', JSON.stringify({ compilerOptions: config }));
    write('src/item.ts', 'export class Item { id!: string }');
    expectFresh(session, [item]);
  });

  it('tells what is wrong with the program, with its place', () => {
    const file = write(
      'src/item.ts',
      'export class Item {\n  name!: string;\n}\nconst item: Item = { name: 1 };',
    );
    using session = new TypeSession(root);
    session.update();
    expect(session.problems()).toEqual([
      {
        file,
        line: 4,
        column: 22,
        code: 2322,
        message: "Type 'number' is not assignable to type 'string'.",
      },
    ]);
    write('src/item.ts', 'export class Item {\n  name!: string;\n}');
    session.update([file]);
    expect(session.problems()).toEqual([]);
  });
});
