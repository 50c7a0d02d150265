import { rmSync } from 'node:fs';
import { injectIdentities, transpile } from '../src';
import { TestProject } from './project';

const main = (
  item: string,
  options = '',
) => `import { Controller, Field, Post, Body, Path, Vivace, int } from 'vivace'; import { IsString, MinLength } from 'class-validator';
  class Item { ${item} }
  @Controller('/items') class Items { @Post('/') create(@Body('item') item: Item) { return item; } }
  async function start() {
    await using server = await new Vivace({ controllers: [Items], ${options} }).build();
    const { body } = await server.fastify.inject({ method: 'POST', url: '/items/', payload: { name: 'a', more: 1 } });
    console.log(body);
  }
  start().catch((error: Error) => console.log(error.message));`;

function built(item: string, options?: string): TestProject {
  const project = new TestProject({ 'src/main.ts': main(item, options) });
  project.tsc();
  return project;
}

describe('an application starts', () => {
  it('with the types of its build', () => {
    using project = built('name!: string;');
    injectIdentities(project.path('dist'), project.root);
    expect(project.run('dist/main.js')).toBe('{"name":"a"}');
    injectIdentities(project.path('dist'), project.root);
    expect(project.run('dist/main.js')).toBe('{"name":"a"}');
  });

  it('not where the types are missing, and says how they are made', () => {
    using project = built('name!: string;');
    injectIdentities(project.path('dist'), project.root);
    rmSync(project.path('dist/__types.cjs'));
    const message = project.run('dist/main.js');
    expect(message).toContain('[TYPES_MISSING]');
    expect(message).toContain('src/main.ts');
    expect(message).toContain('npx vivace-types');
  });

  it('not where nothing was compiled with Vivace, and says how that is done', () => {
    using project = new TestProject({
      'src/main.ts': `import { Vivace, Controller, Get } from 'vivace'; @Controller() class Root { @Get('/') read(q: string) { return q; } }
        new Vivace({ controllers: [Root] }).build().catch((error: Error) => console.log(error.message));`,
    });
    project.tsc();
    expect(project.run('dist/main.js')).toMatch(
      /PARAMETER_UNMARKED.*types of this class are not known.*npx vivace-types/is,
    );
  });

  it('not where a file is newer than the types, and says which', () => {
    using project = built('name!: string;');
    injectIdentities(project.path('dist'), project.root);
    const types = project.read('dist/__types.cjs');
    project.write({ 'src/main.ts': main('name!: number;') });
    project.tsc();
    injectIdentities(project.path('dist'), project.root);
    project.write({ 'dist/__types.cjs': types });
    const message = project.run('dist/main.js');
    expect(message).toContain('[TYPES_STALE]');
    expect(message).toContain('src/main.ts');
    expect(message).toContain('npx vivace-types');
  });

  it('not with types of another version of the compiler', () => {
    using project = built('name!: string;');
    injectIdentities(project.path('dist'), project.root);
    project.write({
      'dist/__types.cjs': project.read('dist/__types.cjs').replace('"v":1', '"v":0'),
    });
    expect(project.run('dist/main.js')).toMatch(/TYPES_STALE.*another version of the compiler/s);
  });
});

describe("types: 'decorators'", () => {
  const options = `types: 'decorators'`;

  it('needs no side-car where decorators say all', () => {
    using project = built('@IsString() @MinLength(1) name!: string;', options);
    expect(project.run('dist/main.js')).toBe('{"name":"a"}');
  });

  it('refuses a field of which nothing says the type', () => {
    using project = built('@Field() name!: string;', options);
    expect(project.run('dist/main.js')).toMatch(/FIELD_WITHOUT_TYPE\] Item\.name/);
  });

  it('refuses a parameter without a mark', () => {
    using project = new TestProject({
      'src/main.ts': `import { Vivace, Controller, Get } from 'vivace'; @Controller() class Root { @Get('/') read(q: string) { return q; } }
        new Vivace({ controllers: [Root], types: 'decorators' }).build().catch((error: Error) => console.log(error.message));`,
    });
    project.tsc();
    expect(project.run('dist/main.js')).toContain('PARAMETER_UNMARKED');
  });

  it('means the same where a side-car is there', () => {
    using project = built('@IsString() name!: string;', options);
    transpile(project.root, project.path('.vivace/out'));
    expect(project.run('.vivace/out/src/main.js')).toBe('{"name":"a"}');
  });
});
