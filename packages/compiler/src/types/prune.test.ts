import { TestProject, vivace } from '../../tests/project';
import { extractTypes } from './extract';

/** The names that a build of these files keeps. */
function keptOf(
  files: Record<string, string>,
  options: { manifest?: object; shipped?: readonly string[] } = {},
): string[] {
  const manifest = {
    'package.json': JSON.stringify({ name: 'shop', private: true, ...options.manifest }),
  };
  using project = new TestProject({ ...vivace, ...manifest, ...files });
  const shipped = new Set(
    (options.shipped ?? Object.keys(files)).map((file) => project.path(file)),
  );
  const { defs } = extractTypes(project.root, { build: { shipped } }).sideCar;
  return Object.keys(defs).map((id) => id.slice(id.lastIndexOf('#') + 1));
}

describe('a build keeps the types of', () => {
  it.each([
    ['an option', 'use({ response: Item });'],
    ['a nested option', 'use({ responses: { 404: { response: Item } } });'],
    ['an option of its own name', 'use({ Item });'],
    ['an argument', 'use(Item, 1);'],
    ['a member of a list', 'use([Item]);'],
    ['a value with type arguments', 'use(Item<string>);'],
    ['a conditional value', 'use(Math.random() > 2 ? Item : undefined);'],
    ['another variable', 'const Other = Item; use(Other);'],
    ['an argument of a mixin', 'class Other extends mixed(Item) {}'],
    ['an instance', 'new Item();'],
  ])('a class that is named as %s', (_, text) => {
    const dto =
      'export class Item<T = string> { name!: T; detail!: Detail } export class Detail { text!: string } export class Unused {}';
    const head = `import { Item } from './dto.js'; declare function use(...args: unknown[]): void; declare function mixed<T>(type: T): T;`;
    expect(
      keptOf({ 'src/dto.ts': dto, 'src/main.ts': `${head} ${text}` }).filter(
        (name) => name !== 'Other',
      ),
    ).toEqual(['Item', 'Detail']);
  });

  it('a class that is imported under another name, by default, from a namespace or through another file', () => {
    const kept = keptOf({
      'src/dto.ts':
        'export class A {} export class B {} export class C {} export default class {} export class Unused {}',
      'src/all.ts': `export { C as See } from './dto.js';`,
      'src/main.ts': `import D, { A as First } from './dto.js'; import * as dto from './dto.js'; import { See } from './all.js';
        console.log(D, First, dto.B, See);`,
    });
    expect(kept.toSorted()).toEqual(['A', 'B', 'C', 'Dto']);
  });

  it('a class expression in a variable', () => {
    expect(keptOf({ 'src/main.ts': 'const Item = class {}; console.log([Item]);' })).toEqual([
      'Item',
    ]);
  });

  it('a decorated class and a dependency, with what they mention, but no private members', () => {
    const main = `import { dependency } from 'vivace';
      interface Shape { area: Size } type Size = { of: number } class Hidden {} class Unused { own!: Shape }
      declare const field: PropertyDecorator;
      class Item { @field shape!: Shape; private hidden!: Hidden }
      const page = dependency(() => 1);`;
    expect(keptOf({ 'src/main.ts': main }).toSorted()).toEqual(['Item', 'Shape', 'Size', 'page']);
  });

  it('nothing that only a type, an import or a file outside the build mentions', () => {
    const kept = keptOf(
      {
        'src/dto.ts':
          'export class A {} export class B {} export class Base {} class Heir extends Base {}',
        'src/main.ts': `import { A, B } from './dto.js'; export { B } from './dto.js'; let a: A; type Of = typeof B;`,
        'src/main.test.ts': `import { A, B } from './dto.js'; console.log(A, B);`,
      },
      { shipped: ['src/dto.ts', 'src/main.ts'] },
    );
    expect(kept).toEqual([]);
  });

  it.each([[{ private: false }], [{ main: 'dist/index.js' }], [{ exports: './dist/index.js' }]])(
    'every class that a library exports: %o',
    (manifest) => {
      expect(keptOf({ 'src/main.ts': 'export class Item {} class Own {}' }, { manifest })).toEqual([
        'Item',
      ]);
    },
  );
});
