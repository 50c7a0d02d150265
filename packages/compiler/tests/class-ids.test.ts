import { transform, extractTypes } from '../src';
import { TestProject, vivace } from './project';

/** Texts of a file, and the ids of what exists at run time, in the order of the text. */
const table: readonly (readonly [text: string, ids: readonly string[]])[] = [
  ['class A {} class B {}', ['A', 'B']],
  ['{ class A {} } { class A {} } class A {}', ['A', 'A~2', 'A~3']],
  ['export default class {}', ['ShopItems']],
  ['export default class Named {}', ['Named']],
  ['class ShopItems {} export default class {}', ['ShopItems', 'ShopItems~2']],
  ['export const Made = class {}; const Kept = class Own {};', ['Made', 'Own']],
  ['export const Made = (class {} as unknown);', ['Made']],
  ['export default (class {});', ['ShopItems']],
  ['interface A {} class A {} type B = A; class B2 { b!: B }', ['A', 'B2']],
  ['enum A { One } class C {} namespace N { export class C {} }', ['C', 'C~2']],
  ['declare class Gone {} class Here {}', ['Here']],
  ['function make() { return class {}; } function other() { class A {} return A; }', ['A']],
  [
    'class Outer { static Inner = class Inner {}; make() { class Inner {} return Inner; } }',
    ['Outer', 'Inner', 'Inner~2'],
  ],
  [
    "import { dependency } from 'vivace'; const page = dependency(() => 1); class page2 {}",
    ['page', 'page2'],
  ],
  [
    "import { dependency as dep } from 'vivace'; const a = dep(() => { class a {} return a; });",
    ['a', 'a~2'],
  ],
  [
    "import * as v from 'vivace'; export const a = v.dependency(() => 1), b = v.dependency(a);",
    ['a', 'b'],
  ],
  ['abstract class A<T> { t!: T } class B extends A<string> {}', ['A', 'B']],
];

/** The ids in JavaScript. */
function emitted(text: string, module: 'es6' | 'commonjs', filename: string): string[] {
  const { code } = transform(text, { filename, module });
  const places = [...code.matchAll(/\.push\(\["([^"]+)"|Symbol\.for\("vivace\.id"\)\]:"([^"]+)"/g)];
  return places.map(([, byClass, byDependency]) => byClass ?? byDependency ?? '');
}

describe('what is declared in a file is numbered alike', () => {
  using project = new TestProject({
    ...vivace,
    ...Object.fromEntries(table.map(([text], index) => [`src/${index}/shop-items.ts`, text])),
  });
  const { defs } = extractTypes(project.root).sideCar;
  const filename = (index: number) => project.path(`src/${index}/shop-items.ts`);
  const moduleOf = (index: number) => `shop/src/${index}/shop-items.ts`;
  const rows = table.map(([text, ids], index) => ({
    text,
    ids: ids.map((id) => `${moduleOf(index)}#${id}`),
    read: Object.keys(defs).filter(
      (id) =>
        id.startsWith(`${moduleOf(index)}#`) && ['class', 'function'].includes(defs[id]!.kind),
    ),
    commonjs: emitted(text, 'commonjs', filename(index)),
    modules: emitted(text, 'es6', filename(index)),
  }));

  test.each(rows)('$text', ({ ids, read, commonjs, modules }) => {
    expect(read).toEqual(ids);
    expect(commonjs.toSorted()).toEqual(ids.toSorted());
    expect(modules.toSorted()).toEqual(ids.toSorted());
  });
});
