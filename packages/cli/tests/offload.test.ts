import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';
import { install, pack } from './packed';
import { ask, freePort, run, until, type Running } from './running';

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    experimentalDecorators: true,
    types: ['node', 'jest'],
    skipLibCheck: true,
    rootDir: 'src',
    outDir: 'dist',
  },
  // The module of the work is found by its types.
  files: ['src/app.ts', 'src/app.test.ts'],
};
const WORK = `import { HTTPException, type int } from 'vivace';

export enum Mode {
  Mean,
  Sum,
}

/** Runs on a thread: nothing else waits for it. */
export function primes(below: int): int[] {
  if (below > 1_000_000) throw new HTTPException(422, 'That would take too long');
  const found: int[] = [];
  for (let n = 2; n < below; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
`;
const APP = `import { Controller, Get, Query, Vivace, offload, type int } from 'vivace';

const { primes } = offload<typeof import('./work.js')>(new URL('./work.js', import.meta.url));

@Controller()
class Primes {
  @Get('/')
  async list(@Query() below: int): Promise<int[]> {
    return primes(below);
  }
}

export const app = new Vivace({ controllers: [Primes] });
`;
const TEST = `import { testClient } from 'vivace/testing';
import { app } from './app.js';

test('primes', async () => {
  await using client = await testClient(app);
  expect((await client.get('/?below=10')).json()).toEqual([2, 3, 5, 7]);
  expect((await client.get('/?below=1000001')).json()).toEqual({ detail: 'That would take too long' });
});
`;
const manifest = (type: string): string =>
  JSON.stringify({
    name: 'shop',
    type,
    private: true,
    // The first thread loads the compiler.
    jest: { preset: '@vivace/compiler/jest', testTimeout: 60_000 },
  });
const place = folder({
  'shop/package.json': manifest('module'),
  'shop/tsconfig.json': JSON.stringify(TSCONFIG),
  'shop/src/app.ts': APP,
  'shop/src/app.test.ts': TEST,
  'shop/src/work.ts': WORK,
});
const project = join(place.path, 'shop');
const write = (file: string, text: string): void => writeFileSync(join(project, file), text);
const execute = (program: string, ...args: readonly string[]): string => {
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...env } = process.env;
  const bin = join(project, 'node_modules/.bin', program);
  return execFileSync(bin, args, { cwd: project, encoding: 'utf8', stdio: 'pipe', env });
};

async function served(command: 'dev' | 'run'): Promise<void> {
  const port = await freePort();
  await using server: Running = run(project, [command, '--port', String(port)]);
  const answer = (query: string): Promise<string> =>
    ask(`http://127.0.0.1:${port}/?below=${query}`).catch(String);
  await until(
    () => answer('10'),
    (text) => text === '[2,3,5,7]',
    'the primes',
  );
  expect(await answer('1000001')).toBe('{"detail":"That would take too long"}');
  if (command === 'dev') {
    write('src/work.ts', WORK.replace('return found', 'return found.slice(1)'));
    await until(
      () => answer('10'),
      (text) => text === '[3,5,7]',
      'the changed work',
    );
    write('src/work.ts', WORK);
  }
  expect(await server.end()).toBe(0);
}

beforeAll(() => install(project, pack(join(place.path, 'packages'))));
afterAll(() => place[Symbol.dispose]());

describe('a program that offloads work to a module', () => {
  describe.each([
    ['ES modules', 'module', APP],
    ['ES modules, with the name of the source', 'module', APP.replaceAll('work.js', 'work.ts')],
    [
      'CommonJS',
      'commonjs',
      APP.replace("new URL('./work.js', import.meta.url)", "require.resolve('./work')"),
    ],
  ])('of %s', (_, type, app) => {
    beforeAll(() => {
      write('package.json', manifest(type));
      write('src/app.ts', app);
      const options = { ...TSCONFIG.compilerOptions, rewriteRelativeImportExtensions: true };
      write('tsconfig.json', JSON.stringify({ ...TSCONFIG, compilerOptions: options }));
    });

    it('runs in development, and follows the module', () => served('dev'));

    it('runs in its tests', () => {
      execute('jest');
    });

    it('runs when it is built', async () => {
      execute('vivace', 'build');
      await served('run');
    });
  });
});
