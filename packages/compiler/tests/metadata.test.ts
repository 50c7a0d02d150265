import { relative } from 'node:path';
import { Compilation } from '../src/build/compilation';
import { injectIdentities } from '../src/build/inject';
import { transpile } from '../src/build/transpile';
import { writeTypes } from '../src/build/types-file';
import jestTransform from '../src/jest/transform';
import { sourcesOf } from '../src/project/sources';
import { TestProject } from './project';

/** Prints the metadata of all that `D` and `P` decorate, when everything has run. */
const show = `
import 'reflect-metadata';
const seen: [Function, object, string | undefined][] = [];
const owner = (target: any) => typeof target === 'function' ? target : target.constructor;
const add = (target: object, key?: string) => void seen.push([owner(target), target, key]);
export const D: any = (target: object, key?: any) => add(target, key);
export const P: any = (target: object, key: any) => add(target, key);
const name = (type: any): unknown => Array.isArray(type) ? type.map(name) : typeof type === 'function' ? type.name : String(type);
process.on('exit', () => {
  const lines = seen.map(([owner, target, key]) => {
    const all = ['type', 'paramtypes', 'returntype'].map((word) => 'design:' + word);
    const kept = all.filter((word) => key === undefined ? Reflect.hasOwnMetadata(word, target) : Reflect.hasOwnMetadata(word, target, key));
    const text = kept.map((word) => word.slice(7) + '=' + JSON.stringify(name(Reflect.getOwnMetadata(word, target, key as string))));
    return [owner.name + (target === owner ? ' static ' : ' ') + (key ?? ''), ...text].join(' ');
  });
  console.log([...new Set(lines)].sort().join('\\n'));
});
`;

const others = `
import { D } from './show.js';
export class C { @D own!: C }
export default class Def {}
export abstract class Abs {}
export enum Color { Red = 'r', Blue = 'b' }
export enum Level { Low, High }
export enum Mixed { A = 1, B = 'b' }
export interface Shape { a: string }
export type int = number & { readonly tag?: 'int' };
export const int = 'a value of the same name';
export type Id = string;
export type Choice = 'a' | 'b';
export type Maybe = string | null;
export type List = string[];
export type Pair = [string, number];
export type Call = () => void;
export type Bag = { a: number };
export type Nothing = null;
export type None = never;
export type Whatever = any;
export type Mark = symbol;
export type Big = bigint;
export type Yes = true;
export type Later = Promise<C>;
export type Same = C;
export type Generic<T> = T;
export type Shown = \`a\${string}\`;
export type Brand<T> = T & { readonly brand?: 'x' };
export namespace inner { export class C {} export type Name = string; export namespace deep { export class D {} } }
interface Constructor { new (): C }
export declare const Made: Constructor;
export type Made = C;
export function Both() {}
export type Both = string;
`;

/** Every form of an annotation, as the type of a property, of a parameter, and of a result. */
const forms = [
  ['string', 'number', 'boolean', 'bigint', 'symbol', 'object', 'any', 'unknown', 'undefined'],
  ['null', 'never', 'void', 'Function', 'Date', 'String', 'Error', 'Uint8Array', 'Buffer'],
  ['Array<C>', 'ReadonlyArray<C>', 'Map<string, C>', 'Set<C>', 'Promise<C>', 'Iterable<C>'],
  ['Record<string, C>', 'Partial<C>', 'Omit<Shape, "a">', 'Uppercase<string>', 'PromiseLike<C>'],
  ['C', 'Def', 'Abs', 'Color', 'Level', 'Mixed', 'Shape', 'int', 'Id', 'Choice', 'Maybe'],
  ['List', 'Pair', 'Call', 'Bag', 'Nothing', 'None', 'Whatever', 'Mark', 'Big', 'Yes', 'Later'],
  ['Same', 'Generic<string>', 'Shown', 'Brand<string>', 'Brand<C>', 'inner.C', 'inner.Name'],
  ['inner.deep.D', 'Both', 'Alias', 'Renamed', 'OnlyType', 'all.C', 'all.int', 'all.inner.C'],
  ['types.C', 'types.Id', 'Color.Red', 'import("./others.js").C', 'typeof int', 'keyof C'],
  ['Local', 'LocalAlias', 'LocalEnum', 'LocalShape', 'Later2', 'Self<C>', 'Parameter'],
  ['string[]', 'readonly C[]', '[C]', '[a: C, b?: int]', '() => C', 'new () => C', '{ a: 1 }'],
  ['{ a: 1 }["a"]', 'Shape["a"]', '"a"', '1', '-1', '1n', 'true', '`a`', '`a${string}`'],
  ['"a" | "b"', '"a" | 1', 'true | false', 'string | null', 'string | undefined', 'C | null'],
  ['C | C', 'C | Def', 'int | Level', 'Id | Color', 'never | string', 'unknown | string'],
  ['string & { a: 1 }', 'unknown & string', 'C & Shape', 'never & string', '(string)', '(C | C)'],
  ['string extends C ? int : Level', 'string extends C ? C : Def', '[C] | string[]'],
  ['{\n    a: 1,\n  }', 'Map<\n  string,\n  C\n>', '/* π 😀 */ int'],
].flat();
const head = `
import Def, { C, Abs, Color, Level, Mixed, Shape, int, Id, Choice, Maybe, List, Pair, Call, Bag, Nothing, None, Whatever, Mark, Big, Yes, Later, Same, Generic, Shown, Brand, inner, Both, Id as Renamed } from './others.js';
import type { C as OnlyType } from './others.js';
import * as all from './others.js';
import type * as types from './others.js';
import { D, P } from './show.js';
type Alias = string;
class Local {}
type LocalAlias = number;
const calculated = 'calculated';
enum LocalEnum { A = 'a' }
interface LocalShape { b: number }
// 😀 moves what follows by two places in one way of counting, by four in another.
`;
const program = `${head}
class Self<Parameter> {
${forms.map((form, index) => `  @D p${index}!: ${form};`).join('\n')}
${forms.map((form, index) => `  @D o${index}?: ${form};`).join('\n')}
${forms.map((form, index) => `  @D m${index}(a: ${form}, @P b?: ${form}, ...c: (${form})[]): ${form} { return null as never; }`).join('\n')}
  @D bare = 3; @D nothing; @D [calculated]!: C; @D ['calculated2'] = 1; @D 'quo ted'!: C; @D 12!: C;
  @D none() {} @D async later() {} @D *items() {} @D async *events() {} @D async *typedEvents(): AsyncGenerator<C> {} @D *typedItems(): Generator<C> {} @D async nothingLater(): Promise<void> {} @D async typed(): Promise<C> { return null as never; }
  @D bareParameters(a, b = 1, { a: c }: Shape, [d]: string[], e?, ...f) {}
  @D list(...a: C[]) {} @D list2(...a: Array<int>) {} @D list3(...a: ReadonlyArray<Color>) {} @D list4(...a: List) {} @D list5(...a: [C]) {}
  @D isText(a: unknown): a is string { return true; } @D asserts(a: unknown): asserts a {} @D itself(): this { return this; }
  overloaded(a: string): void;
  @D overloaded(a: any): any {}
  only(@P a: C, b: int) {}
  @D static made: C; @D static make(a: int): Color { return null as never; }
  @D get read(): int { return 1; }
  @D get both(): int { return 1; } set both(value: int) {}
  @D get bareSetter(): int { return 1; } set bareSetter(value) {}
  get late(): C { return null as never; } @D set late(value: C) {}
  get lateBare(): C { return null as never; } @D set lateBare(value) {}
  @D set write(value: Color) {} @D get bareGetter() { return 1; } @D static get counted(): C { return null as never; }
  @D accessor automatic!: C; @D accessor bareAutomatic = 1; @D accessor alias!: int;
  @D declare declared: C; @D protected hidden!: Self<C>; @D readonly fixed: int = 1; @D override!: Later2;
}
class Later2 { @D self!: Later2; @D arrow = (a: string) => a; }
@D class Injected { constructor(private a: C, @P readonly b: Shape, c: int = 1, d?: Color, ...e: Injected[]) {} }
class Marked { constructor(@P a: C, b: Local) {} }
@D class Empty {}
@D class Heir extends Injected {}
@D class Overloaded { constructor(a: string); constructor(a: string, b: number);
  constructor(a: any, b?: any) {} }
@D abstract class Base { @D abstract one: C; @D abstract two: Base; constructor(a: C) {} }
function scope() {
  type int = string; class Local { @D outer!: Injected; } class Inner { @D a!: int; @D b!: Local; m() { return class Deep { c!: Inner } } }
  return Inner;
}
scope();
export default @D class Exported { @D a!: Exported; constructor(a: Id) {} }
`;
const cycle = {
  'src/author.ts': `import { D } from './show.js'; import { Book } from './book.js'; export class Author { @D books!: Book[]; @D first!: Book }`,
  'src/book.ts': `import { D } from './show.js'; import { Author } from './author.js'; export class Book { @D author!: Author }`,
};
const files = {
  'src/show.ts': show,
  'src/others.ts': others,
  'src/all.ts': program,
  ...cycle,
  'src/main.ts': `import './author.js'; import './all.js';`,
};

function bySwc(project: TestProject): string {
  transpile(project.root, project.path('.vivace/out'));
  return project.run('.vivace/out/src/main.js');
}

function byJest(project: TestProject, supportsStaticESM: boolean): string {
  writeTypes(project.root);
  for (const file of sourcesOf(project.root)) {
    const options = { supportsStaticESM, configString: '' };
    const { code } = jestTransform.process(
      project.read(relative(project.root, file)),
      file,
      options,
    );
    project.write({ [`jest/${relative(project.path('src'), file).replace('.ts', '.js')}`]: code });
  }
  return project.run('jest/main.js');
}

function byTsc(project: TestProject): string {
  project.tsc();
  injectIdentities(project.path('dist'), project.root);
  return project.run('dist/main.js');
}

/** Modules that say when they run, by what is imported from them. */
const order = {
  ...Object.fromEntries(
    [
      'interface Word {}',
      'type Word = string;',
      'enum Word { A }',
      'class Word {}',
      'const Word = 1;',
    ]
      .flatMap((what) => ['only', 'type'].map((how) => [what, how] as const))
      .map(([what, how]) => {
        const [kind = ''] = what.split(' ');
        return [`src/${how}-${kind}.ts`, `console.log('${how} ${kind}'); export ${what}`];
      }),
  ),
  'src/show.ts': `console.log('show'); export const D: any = () => {}; export const nothing = 1;`,
  'src/main.ts': `import { Word as W1 } from './only-class.js'; import { Word as W2 } from './only-enum.js'; import type { Word as W3 } from './type-class.js';
    import { D, nothing } from './show.js'; import './only-const.js'; import { Word as W4 } from './type-enum.js'; KEPT
    class A { @D a!: W1; @D b!: W2; @D c!: W3; plain!: W4; @D d!: W5; @D e!: W6; }
    console.log('main');`,
};
const elided = `import { Word as W5 } from './only-type.js'; import { Word as W6 } from './only-interface.js';`;

const libraries = {
  'package.json': JSON.stringify({
    name: 'shop',
    private: true,
    dependencies: { 'reflect-metadata': '1', 'class-transformer': '1' },
  }),
  'src/owner.ts': `export class Owner {}`,
  'src/pet.ts': `import { Type } from 'class-transformer'; import { Owner } from './owner.js'; export class Pet { @Type() owner!: Owner }`,
  'src/main.ts': `import { Pet } from './pet.js'; import { plainToInstance } from 'class-transformer'; console.log(plainToInstance(Pet, { owner: {} }).owner.constructor.name);`,
};

describe.each(['commonjs', 'module'] as const)('in a %s package', (type) => {
  it('every decorated member has the same metadata from development, Jest and a build', () => {
    using project = new TestProject(files, { type, options: { noImplicitAny: false } });
    const built = byTsc(project).split('\n');
    expect(built.length).toBeGreaterThan(3 * forms.length);
    expect(bySwc(project).split('\n')).toEqual(built);
    expect(byJest(project, type === 'module').split('\n')).toEqual(built);
  });

  it('the same modules run in the same order', () => {
    const main = order['src/main.ts']!.replace('KEPT', elided);
    using project = new TestProject({ ...order, 'src/main.ts': main }, { type });
    const built = byTsc(project);
    expect(built.split('\n')).toEqual(['only class', 'only enum', 'show', 'only const', 'main']);
    expect(bySwc(project)).toBe(built);
    expect(byJest(project, type === 'module')).toBe(built);
  });

  it('what keeps metadata is there before decorators of libraries ask for it', () => {
    const manifest = JSON.stringify({ ...JSON.parse(libraries['package.json']), type });
    using project = new TestProject({ ...libraries, 'package.json': manifest }, { type });
    expect(byTsc(project)).toBe('Owner');
    expect(byTsc(project)).toBe('Owner');
    expect(bySwc(project)).toBe('Owner');
    expect(byJest(project, type === 'module')).toBe('Owner');
  });
});

it('a file is written again in development when what its metadata takes from another one changes', () => {
  using project = new TestProject({
    'src/show.ts': show,
    'src/types.ts': `export type Id = string;`,
    'src/main.ts': `import { D } from './show'; import { Id } from './types'; class A { @D id!: Id }`,
  });
  using compilation = new Compilation(project.root, project.path('.vivace/out'));
  compilation.update();
  expect(project.run('.vivace/out/src/main.js')).toBe('A id type="String"');
  project.write({ 'src/types.ts': `export type Id = number;` });
  compilation.update([project.path('src/types.ts')]);
  expect(project.run('.vivace/out/src/main.js')).toBe('A id type="Number"');
});

it('the tsconfig says whether there is metadata, and whether imports stay that only types use', () => {
  const options = { emitDecoratorMetadata: false, verbatimModuleSyntax: true };
  const main = `import { D } from './show.js'; import { Word } from './word.js'; class A { @D word!: string } console.log('main');`;
  using project = new TestProject(
    {
      'src/show.ts': show,
      'src/word.ts': `console.log('word'); export class Word {}`,
      'src/main.ts': main,
    },
    { type: 'module', options },
  );
  const built = byTsc(project);
  expect(built).toBe('word\nmain\nA word');
  expect(bySwc(project)).toBe(built);
  expect(byJest(project, true)).toBe(built);
});
