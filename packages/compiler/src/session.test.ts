import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractTypes } from './extract';
import { TypeSession } from './session';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vivace-session-'));
  symlinkSync(join(__dirname, '../../../node_modules'), join(root, 'node_modules'));
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
    const part = write('src/part.ts', 'export class Part { name!: string }\nexport type Size = 1 | 2;');
    const item = write('src/item.ts', `import { Part, Size } from './part';\nexport class Item { part!: Part; size!: Size }`);
    using session = new TypeSession(root);
    expectFresh(session, []);
    write('src/item.ts', `import { Part, Size } from './part';\n\nexport class Item { part!: Part; size!: Size; read() { return 1; } }`);
    expectFresh(session, [item]);
    write('src/item.ts', `import { Part } from './part';\nexport class Item { part?: Part; tags: string[] = [] }`);
    expectFresh(session, [item]);
    write('src/part.ts', 'export class Part { id!: number }');
    expectFresh(session, [part]);
    const order = write('src/order.ts', `import { Item } from './item';\nexport class Order { items!: Item[] }`);
    expectFresh(session, [order]);
    rmSync(order);
    expectFresh(session, [order]);
  });

  it('tells what is wrong with the program, with its place', () => {
    const file = write('src/item.ts', 'export class Item {\n  name!: string;\n}\nconst item: Item = { name: 1 };');
    using session = new TypeSession(root);
    session.update();
    expect(session.problems()).toEqual([
      { file, line: 4, column: 22, code: 2322, message: "Type 'number' is not assignable to type 'string'." },
    ]);
    write('src/item.ts', 'export class Item {\n  name!: string;\n}');
    session.update([file]);
    expect(session.problems()).toEqual([]);
  });
});
