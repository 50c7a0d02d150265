import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compilerOptions, TestProject } from './project';

const executable = join(dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');

const repository = join(__dirname, '../../..');

const files = {
  'src/place.ts': `import { MinLength } from 'class-validator';
    export class Place { @MinLength(2) city!: string }`,
  'src/item.ts': `import type { Place } from './place.js'; import { Order } from './order.js';
    export class Item { name!: string; note?: string; tax: number | null = null; unit: 'piece' | 'kg' = 'piece'; tags: string[] = []; place?: Place; order?: Order }`,
  'src/order.ts': `import { Min } from 'class-validator'; import { Item } from './item.js';
    export class Order { @Min(1) count!: number; items: Item[] = []; }`,
  'src/app.ts': `import { Controller, Post, Vivace } from 'vivace'; import { Item } from './item.js';
    @Controller('/items') class Items { @Post('/') create(item: Item): Item { return item; } }
    export const app = new Vivace({ controllers: [Items] });`,
  'src/app.test.ts': `import { testClient } from 'vivace/testing'; import { app } from './app.js';
    test('an item', async () => {
      await using client = await testClient(app);
      const send = async (json: object) => (await client.post('/items/', { json })).json<any>();
      expect(await send({ name: 'pen', place: { city: 'Ulm' }, more: 1 })).toEqual({ name: 'pen', tax: null, unit: 'piece', tags: [], place: { city: 'Ulm' } });
      const { detail } = await send({ note: null, unit: 'l', place: { city: 'U' }, order: { count: 0 } });
      expect(detail.map(({ loc }: { loc: string[] }) => loc.join('.'))).toEqual(['body.name', 'body.note', 'body.unit', 'body.place.city', 'body.order.count']);
    });`,
  // A plugin in CommonJS, whose decorators must write where the application reads.
  'plugin.cjs': `const { Controller, Get, Vivace } = require('vivace');
    class Plugin { read() { return 'plugged'; } }
    Get('/plugin', { response: String })(Plugin.prototype, 'read', Object.getOwnPropertyDescriptor(Plugin.prototype, 'read'));
    Controller()(Plugin);
    module.exports = { Plugin, Vivace };`,
  'src/main.ts': `import { createRequire } from 'node:module'; import { join } from 'node:path'; import { Vivace } from 'vivace'; import { app } from './app.js';
    const plugin = createRequire(join(process.cwd(), 'main.js'))('./plugin.cjs');
    void (async () => {
      await using server = await app.include(plugin.Plugin).build();
      const { body } = await server.fastify.inject({ method: 'POST', url: '/items/', payload: { name: 'pen', place: { city: 'Ulm' }, more: 1 } });
      console.log(body, (await server.fastify.inject('/plugin')).body, plugin.Vivace === Vivace);
    })();`,
};

function run(directory: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** Puts what would be published of the two packages where the projects find it. */
function install(project: TestProject): void {
  const flags = [
    '--workspace=vivace',
    '--workspace=@vivace/compiler',
    '--ignore-scripts',
    '--offline',
    `--pack-destination=${project.root}`,
  ];
  const { status, stderr } = spawnSync('npm', ['pack', ...flags], {
    cwd: repository,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(stderr);
  for (const [name, tarball] of [
    ['vivace', /^vivace-\d.*\.tgz$/],
    ['@vivace/compiler', /^vivace-compiler-.*\.tgz$/],
  ] as const) {
    const target = project.path('node_modules', name);
    mkdirSync(target, { recursive: true });
    const file = readdirSync(project.root).find((each) => tarball.test(each))!;
    const unpacked = spawnSync(
      'tar',
      ['-xzf', join(project.root, file), '-C', target, '--strip-components=1'],
      { encoding: 'utf8' },
    );
    if (unpacked.status !== 0) throw new Error(unpacked.stderr);
  }
}

describe('the published packages', () => {
  let project: TestProject;
  beforeAll(() => {
    project = new TestProject({});
    install(project);
  }, 60_000);
  afterAll(() => project[Symbol.dispose]());

  describe.each([
    { type: 'commonjs', flags: [], more: {} },
    {
      type: 'module',
      flags: ['--experimental-vm-modules'],
      more: { extensionsToTreatAsEsm: ['.ts'] },
    },
  ])('in a $type package', ({ type, flags, more }) => {
    const write = (changed: Partial<typeof files> = {}) => {
      const all = {
        ...files,
        'package.json': JSON.stringify({
          name: 'shop',
          type,
          private: true,
          jest: { preset: '@vivace/compiler/jest', roots: ['<rootDir>/src'], ...more },
        }),
        'tsconfig.json': JSON.stringify({
          compilerOptions: { ...compilerOptions, types: ['node', 'jest'] },
          include: ['src'],
        }),
        ...changed,
      };
      project.write(
        Object.fromEntries(Object.entries(all).map(([path, text]) => [`${type}/${path}`, text])),
      );
    };
    const jest = () => run(project.path(type), ...flags, executable, '--no-cache');

    it('build an application that runs, with one registry for both kinds of modules', () => {
      write();
      project.tsc(type);
      run(
        project.path(type),
        project.path('node_modules/@vivace/compiler/bin/vivace-types.js'),
        '--inject',
        'dist',
      );
      const item = '{"name":"pen","tax":null,"unit":"piece","tags":[],"place":{"city":"Ulm"}}';
      expect(run(project.path(type), 'dist/main.js').trim()).toBe(`${item} "plugged" true`);
    }, 60_000);

    it('let Jest write the types, compile, and ask the application', () => {
      write();
      expect(jest()).toContain('1 passed, 1 total');
      expect(existsSync(project.path(type, '.vivace/types.json'))).toBe(true);
      write({
        'src/item.ts': files['src/item.ts'].replace('note?: string', 'note?: string | null'),
      });
      expect(jest()).toMatch(/- +"body\.note",/);
    }, 60_000);
  });
});
