import { existsSync, rmSync } from 'node:fs';
import { TestProject } from '../../tests/project';
import { Compilation } from './compilation';
import { readSideCar } from '../types/side-car-file';

/** A compilation, and what its side-car says of a file. */
function compile(files: Record<string, string>) {
  const project = new TestProject(files);
  const out = project.path('.vivace/out');
  const compilation = new Compilation(project.root, out);
  return {
    project,
    compilation,
    names: () => Object.keys(readSideCar(`${out}/__types.cjs`)!.defs).sort(),
    [Symbol.dispose]() {
      compilation[Symbol.dispose]();
      project[Symbol.dispose]();
    },
  };
}

describe('a compilation', () => {
  it('writes all files first, then what was changed, made or removed', () => {
    using built = compile({
      'src/a.ts': 'export class A { a!: string }',
      'src/b.ts': 'export class B {}',
    });
    const { project, compilation, names } = built;
    expect(compilation.update()).toEqual({ files: 2, definitions: 2, broken: [], plain: [] });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => project.path(`src/${name}.ts`)) as [
      string,
      string,
      string,
    ];
    project.write({
      'src/a.ts': 'export class Other { a!: string }',
      'src/c.ts': 'export class C {}',
    });
    rmSync(b);
    compilation.update([a, b, c]);
    expect(names()).toEqual(['shop/src/a.ts#Other', 'shop/src/c.ts#C']);
    expect(project.read('.vivace/out/src/a.js')).toContain('class Other');
    expect(existsSync(project.path('.vivace/out/src/b.js'))).toBe(false);
    expect(existsSync(project.path('.vivace/out/src/c.js.map'))).toBe(true);
  });

  it('leaves the last version whole where a file has a syntax error', () => {
    using built = compile({ 'src/a.ts': 'export class A {}', 'src/b.ts': 'export class B {}' });
    const { project, compilation, names } = built;
    compilation.update();
    const before = project.read('.vivace/out/src/a.js');
    project.write({ 'src/a.ts': 'export class Other {}', 'src/b.ts': 'export class B {' });
    expect(() =>
      compilation.update([project.path('src/a.ts'), project.path('src/b.ts')]),
    ).toThrow();
    expect(project.read('.vivace/out/src/a.js')).toBe(before);
    expect(names()).toEqual(['shop/src/a.ts#A', 'shop/src/b.ts#B']);
  });

  it('knows where what imports a file begins', () => {
    using built = compile({
      'src/main.ts': "import './app.js';",
      'src/app.ts': "import type { A } from './a.js';\nexport const a: A = {};",
      'src/a.ts': 'export interface A {}',
      'src/help.ts': 'export const help = 1;',
      'src/app.test.ts': "import './app.js';\nimport './help.js';",
      'src/alone.ts': 'export const alone = 1;',
    });
    const { project, compilation } = built;
    compilation.update();
    const beginnings = (name: string) =>
      compilation
        .beginningsOf(project.path(`src/${name}.ts`))
        .map((file) => file.split('/').at(-1));
    expect(beginnings('a').toSorted()).toEqual(['app.test.ts', 'main.ts']);
    expect(beginnings('help')).toEqual(['app.test.ts']);
    const app = project.path('src/app.ts');
    expect(compilation.beginningsOf(app, [app]).map((file) => file.split('/').at(-1))).toContain(
      'app.ts',
    );
    expect(beginnings('alone')).toEqual(['alone.ts']);
  });
});
