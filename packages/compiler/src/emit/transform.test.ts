import { TestProject, vivace } from '../../tests/project';
import { injectIdentities } from '../build/inject';
import { transform } from './transform';

const filename = `${__dirname}/sample.ts`;
const commonjs = (source: string) => transform(source, { filename, module: 'commonjs' }).code;
const es6 = (source: string) => transform(source, { filename, module: 'es6' }).code;
const idsIn = (code: string) =>
  [...code.matchAll(/@vivace\/compiler\/src\/emit\/sample\.ts#([\w~]+)/g)].map(([, name]) => name);

describe('an identity', () => {
  it('stands on the line of the class head, with the id, the hash and the file', () => {
    const identity =
      /^let User = class User \{static\{\(globalThis\[Symbol\.for\("vivace\.types"\)\]\?\?=\[\]\)\.push\(\["@vivace\/compiler\/src\/emit\/sample\.ts#User",this,"[0-9a-f]{12}",__filename\]\)\}$/m;
    expect(commonjs('export class User { name!: string }')).toMatch(identity);
    expect(es6('export class User {}')).toContain('import.meta.filename??import.meta.url');
  });

  it('is given to every class, in the order of the text', () => {
    const source = `class A {} function f() { class A {} } const B = class {}; const C = class D {}; export default class {} declare class E {}`;
    const names = ['A', 'A~2', 'B', 'D', 'Sample'];
    expect(idsIn(commonjs(source))).toEqual(names);
    expect(idsIn(es6(source))).toEqual(names);
  });

  it('of an anonymous default export is the name of its file, which the class has too', () => {
    using project = new TestProject({});
    const source =
      'const Mark = (type: { name: string }) => console.log(type.name); @Mark export default class {}';
    for (const [path, name] of Object.entries({
      'shop-items.ts': 'ShopItems',
      'user.dto.ts': 'UserDto',
      'cart/index.ts': 'Cart',
      '2024.ts': 'Class2024',
    })) {
      const { code } = transform(source, { filename: project.path(path), module: 'commonjs' });
      project.write({ [path.replace('.ts', '.js')]: code });
      expect(code).toContain(`"shop/${path}#${name}"`);
      expect(project.run(path.replace('.ts', '.js'))).toBe(name);
    }
  });

  it('is given to a dependency in a variable, however it is imported', () => {
    const source = (head: string, callee: string) =>
      `import ${head} from 'vivace'; export const page = ${callee}({ a: 1, }, () => 1,); const f = [${callee}(() => 1)];`;
    for (const code of [
      source('{ dependency }', 'dependency'),
      source('{ dependency as d }', 'd'),
      source('* as v', 'v.dependency'),
    ]) {
      expect(idsIn(commonjs(code))).toEqual(['page']);
      expect(idsIn(es6(code))).toEqual(['page']);
    }
    expect(
      idsIn(commonjs(`import { dependency } from './other'; const page = dependency(() => 1);`)),
    ).toEqual([]);
  });

  it('is the last argument of a dependency at run time', () => {
    using project = new TestProject(vivace);
    const source = `import { dependency } from 'vivace'; const page = dependency(() => 1); console.log(JSON.stringify(page[1][Symbol.for('vivace.id')]), page[1].file);`;
    project.write({
      'a.js': transform(source, { filename: project.path('a.ts'), module: 'commonjs' }).code,
    });
    expect(project.run('a.js')).toBe(`"shop/a.ts#page" ${project.path('a.js')}`);
  });
});

describe('what is emitted', () => {
  it('leaves fields undefined that have no value, or does not mention them, as the tsconfig says', () => {
    const source = 'export class A { a?: string }';
    const field = /^\s+a;$/m;
    expect(transform(source, { filename, module: 'es6' }).code).toMatch(field);
    expect(
      transform(source, { filename, module: 'es6', useDefineForClassFields: false }).code,
    ).not.toMatch(field);
  });

  it('has auto-accessors as what they mean, on the lines where they were', () => {
    const source = [
      'const mark = (_: object, key: string, given: PropertyDescriptor) => console.log(key, typeof given.get);',
      'abstract class Base { abstract accessor base: string; }',
      'class A extends Base {',
      '  @mark accessor base = "b";',
      '  static accessor made: number = 1;',
      '  accessor #hidden!: string;',
      '  accessor ["two words"]: string',
      '    | null = null;',
      '  show() { this.#hidden = this.base; A.made += 1; return [this.#hidden, A.made, this["two words"], Object.keys(this)]; }',
      '}',
      'console.log(JSON.stringify(new A().show()));',
    ].join('\n');
    using project = new TestProject({});
    const { code, map } = transform(source, { filename: project.path('a.ts'), module: 'commonjs' });
    project.write({ 'a.js': code });
    expect(project.run('a.js')).toBe('base function\n["b",2,null,[]]');
    expect(JSON.parse(map)).toMatchObject({ sourcesContent: [source] });
    expect(commonjs('const accessor = 1; export const twice = accessor + accessor;')).toContain(
      'accessor + accessor',
    );
  });

  it('has a map to the lines of the source', () => {
    const { map } = transform('class A {}\n\nexport const a = 1;\n', { filename, module: 'es6' });
    expect(JSON.parse(map)).toMatchObject({
      version: 3,
      sources: [filename],
      sourcesContent: ['class A {}\n\nexport const a = 1;\n'],
    });
  });

  it('hoists jest.mock for Jest', () => {
    const { code } = transform(`import { a } from './a'; jest.mock('./a'); a();`, {
      filename,
      module: 'commonjs',
      jest: true,
    });
    expect(code.indexOf('jest.mock')).toBeLessThan(code.indexOf('require('));
  });

  it('imports the JavaScript that a .ts file becomes', () => {
    expect(es6(`import { a } from './a.ts'; a();`)).toMatch(/from ["']\.\/a\.js["']/);
  });

  it('says where a syntax error is', () => {
    expect(() => es6('class {')).toThrow(/Expected|identifier/);
  });
});

/** `design:*` of what a class and a method of it are decorated with, as a program prints it. */
const printed = `
  const names = (types: any): any => Array.isArray(types) ? types.map(names) : types?.name ?? String(types);
  export const Show = (...args: any[]) => console.log([...(args[1] ? [args[1]] : []), ...['type', 'paramtypes', 'returntype'].flatMap((key) => {
    const types = args[1] ? Reflect.getMetadata('design:' + key, args[0], args[1]) : Reflect.getMetadata('design:' + key, args[0]);
    return types === undefined ? [] : [key + '=' + names(types)];
  })].join(' '));
`;

/** Types of every kind that an emitter writes as metadata. */
const metadata = {
  'types.ts': `export enum Color { Red = 'red' } export enum Level { Low } export type Name = string; export interface Shape { a: string } export const int = 'value'; export type int = number;`,
  'main.ts': `import { Show } from './show.js'; import { Color, Level, int, type Name, Shape } from './types.js';
    class A {
      @Show a!: string; @Show b!: string | null; @Show c!: Color; @Show d!: Level; @Show e!: Name; @Show f = 3; @Show g!: A; @Show h!: Shape; @Show i!: 'x' | 'y'; @Show j!: int; @Show k!: Date[];
      @Show m(a: number, b?: Shape, c = 1): Promise<A> { return null as never }
    }
    @Show class B { constructor(a: A, b: Shape, c: string[]) {} }`,
};

describe.each(['commonjs', 'module'] as const)('metadata in a %s package', (type) => {
  const module = type === 'module' ? 'es6' : 'commonjs';

  function outputOf(files: Record<string, string>): string[] {
    using project = new TestProject({}, { type });
    const all = { 'show.ts': `import 'reflect-metadata';\n${printed}`, ...files };
    for (const [path, source] of Object.entries(all)) {
      project.write({
        [path.replace('.ts', '.js')]: transform(source, { filename: project.path(path), module })
          .code,
      });
    }
    return project.run('main.js').split('\n');
  }

  it('is that of tsc but for names whose meaning stands in other files, without what the checker says', () => {
    expect(outputOf(metadata)).toEqual([
      'a type=String',
      'b type=Object',
      'c type=[object Object]',
      'd type=[object Object]',
      'e type=Object',
      'f type=Object',
      'g type=A',
      'h type=Object',
      'i type=String',
      'j type=value',
      'k type=Array',
      'm type=Function paramtypes=Number,Object,Object returntype=Promise',
      'paramtypes=A,Object,Array',
    ]);
  });

  it('survives a cycle of imports', () => {
    const output = outputOf({
      'author.ts': `import { Show } from './show.js'; import { Book } from './book.js'; export class Author { @Show books!: Book[]; @Show first!: Book }`,
      'book.ts': `import { Show } from './show.js'; import { Author } from './author.js'; export class Book { @Show author!: Author }`,
      'main.ts': `import './author.js';`,
    });
    expect(output).toEqual(['author type=Object', 'books type=Array', 'first type=Book']);
  });

  it('links where an import is only a type', () => {
    const output = outputOf({
      'types.ts': `export interface Shape { a: string } export default interface Other { b: string } export const one = 1; export class Real {}`,
      'main.ts': `import { Show } from './show.js'; import Other, { one, Real, Shape } from './types.js';
        class A { @Show a!: Shape; @Show b!: Other; @Show c!: Real; @Show d(shape: Shape) { return { one, Shape: 1 } } }`,
    });
    expect(output).toEqual([
      'a type=Object',
      'b type=Object',
      'c type=Real',
      'd type=Function paramtypes=Object',
    ]);
  });
});

describe('metadata that tsc emits', () => {
  it.each(['commonjs', 'module'])('is guarded in a %s package too', (type) => {
    const sources = { 'show.ts': `import 'reflect-metadata';\n${printed}`, ...metadata };
    using project = new TestProject(
      Object.fromEntries(Object.entries(sources).map(([path, text]) => [`src/${path}`, text])),
      { type },
    );
    project.tsc();
    injectIdentities(project.path('dist'), project.root);
    expect(project.run('dist/main.js').split('\n')).toEqual([
      'a type=String',
      'b type=Object',
      'c type=String',
      'd type=Number',
      'e type=String',
      'f type=Object',
      'g type=A',
      'h type=Object',
      'i type=String',
      'j type=Number',
      'k type=Array',
      'm type=Function paramtypes=Number,Object,Object returntype=Promise',
      'paramtypes=A,Object,Array',
    ]);
  });
});
