import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';

const APP = `
import { Controller, Get, Vivace } from 'vivace';
class First { id!: number }
class Second { id!: string }
@Controller('/items', { apiVersion: '1' })
class Old { @Get('/') list(): First[] { return []; } }
@Controller('/items', { apiVersion: '2' })
class New { @Get('/') list(): Second[] { return []; } }
@Controller('/desk')
class Admin { @Get('/') admin(): boolean { return true; } }
console.log('a word of the program');
setInterval(() => {}, 1000);
export const app = new Vivace({ controllers: [Old, New] }).include(Admin, { host: 'admin.example.com' });
`;
const OPTIONS = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  rootDir: 'src',
};
const place = folder({
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({ compilerOptions: OPTIONS, include: ['src'] }),
  'src/app.ts': APP,
  'src/broken.ts': "\n\nthrow new Error('no database');\nexport const app = 1;",
});
beforeAll(() =>
  symlinkSync(
    join(__dirname, '../../../node_modules'),
    join(place.path, 'node_modules'),
    'junction',
  ),
);
afterAll(() => place[Symbol.dispose]());

function vivace(...args: string[]): {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
} {
  const { NODE_ENV: _, ...env } = process.env;
  return spawnSync(process.execPath, [join(__dirname, '../bin/vivace.js'), ...args], {
    cwd: place.path,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  });
}
const schemas = (...args: string[]): string[] => {
  const { components } = JSON.parse(vivace('openapi', ...args).stdout) as {
    components: { schemas: object };
  };
  return Object.keys(components.schemas);
};

describe('an application with several documents', () => {
  test('writes that of the newest version, or of the one that is named', () => {
    expect(schemas()).toEqual(['Second']);
    expect(schemas('--api-version', '1')).toEqual(['First']);
    expect(vivace('openapi', '--api-version', '3')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/error There is no version '3'.\nhint {2}There is 1, 2.\n$/),
    });
  });

  test('has no document for a host that it does not know', () => {
    expect(vivace('openapi', '--host', 'admin.example.com').status).toBe(0);
    const unknown = {
      status: 2,
      stderr: expect.stringMatching(
        /^error --host admin\.exmaple\.com: No operation is for this host; there are admin\.example\.com\.\n$/m,
      ),
    };
    for (const command of ['openapi', 'client'])
      expect(vivace(command, '--host', 'admin.exmaple.com')).toMatchObject({
        stdout: '',
        ...unknown,
      });
  });

  test('has a client of a version, which replaces an older one and nothing that was written by hand', () => {
    const client = join(place.path, 'src/client/client.ts');
    expect(vivace('client', '--api-version', '1').stdout).toContain('src/client/client.ts');
    expect(readFileSync(client, 'utf8')).toContain('interface First');
    expect(vivace('client').status).toBe(0);
    expect(readFileSync(client, 'utf8')).not.toContain('interface First');
    writeFileSync(client, 'export const mine = 1;');
    expect(vivace('client')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is there already, and was not generated'),
    });
    expect(readFileSync(client, 'utf8')).toBe('export const mine = 1;');
    expect(existsSync(join(place.path, 'src/app.ts'))).toBe(true);
  });

  test('lists what chooses between operations of one path, and explains each', () => {
    const { stdout } = vivace('routes');
    expect(stdout).toContain('/items/ version 1');
    expect(stdout).toContain('/desk/ host admin.example.com');
    const explained = vivace('explain', 'GET /items').stdout;
    expect(explained).toContain('Old_list');
    expect(explained).toContain('New_list');
  });

  test('is written into a folder that is made for it, where the command is called', () => {
    const result = spawnSync(
      process.execPath,
      [join(__dirname, '../bin/vivace.js'), 'openapi', '--out', 'made/openapi.json'],
      {
        cwd: join(place.path, 'src'),
        encoding: 'utf8',
      },
    );
    expect([result.status, result.stderr]).toEqual([0, 'a word of the program\n']);
    expect(existsSync(join(place.path, 'src/made/openapi.json'))).toBe(true);
    expect(vivace('openapi', '--out', 'src').stderr).toContain('error src could not be written');
  });

  test('that fails when it is loaded is told with the line of its source', () => {
    const { status, stderr } = vivace('routes', 'src/broken.ts');
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/Error: no database\n\s+at .*src.broken\.ts:3/),
    ]);
  });
});
