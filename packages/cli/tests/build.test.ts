import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';
import { install, pack } from './packed';
import { ask, freePort, run, start, until } from './running';

const place = folder();
const project = join(place.path, 'shop');
const CLI = join(__dirname, '../bin/vivace.js');
const write = (file: string, text: string): void => writeFileSync(join(project, file), text);

function vivace(...args: readonly string[]): {
  readonly text: string;
  readonly code: number | null;
} {
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...env } = process.env;
  const options = {
    cwd: existsSync(project) ? project : place.path,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, ...args], options);
  return { text: stdout + stderr, code: status };
}

beforeAll(() => {
  vivace('new', 'shop', '--yes', '--no-git', '--no-install');
  install(project, pack(join(place.path, 'packages')));
});
afterAll(() => place[Symbol.dispose]());

describe('vivace build', () => {
  it('refuses a type error with its place, and leaves what was built before', () => {
    expect(vivace('build').code).toBe(0);
    write('src/wrong.ts', "export const count: number = 'many';\n");
    for (const check of [[], ['--check']]) {
      const { text, code } = vivace('build', ...check);
      expect([code, text]).toEqual([
        1,
        expect.stringContaining('src/wrong.ts(1,14): error TS2322'),
      ]);
    }
    rmSync(join(project, 'src/wrong.ts'));
    expect(existsSync(join(project, 'dist/main.js'))).toBe(true);
    expect(existsSync(join(project, 'dist/wrong.js'))).toBe(false);
    expect(vivace('build', '--check')).toEqual({
      text: expect.stringContaining('The types are right.'),
      code: 0,
    });
  });

  it('removes what it made of a source that is gone, and nothing else', () => {
    write('src/old.ts', 'export const old = 1;\n');
    mkdirSync(join(project, 'dist'), { recursive: true });
    write('dist/mine.js', '');
    vivace('build');
    expect(existsSync(join(project, 'dist/old.js'))).toBe(true);
    rmSync(join(project, 'src/old.ts'));
    vivace('build');
    expect(
      ['dist/old.js', 'dist/old.js.map', 'dist/mine.js', 'dist/app.js'].map((file) =>
        existsSync(join(project, file)),
      ),
    ).toEqual([false, false, true, true]);
  });

  it('makes what runs without the command line, TypeScript and the compiler, with traces of the sources', async () => {
    write(
      'src/fails.ts',
      "import { Controller, Get } from 'vivace';\n\n@Controller()\nexport class Fails {\n  @Get('/fails')\n  fail(): void {\n    throw new Error('on purpose');\n  }\n}\n",
    );
    write(
      'src/main.ts',
      "import { app } from './app.js';\nimport { Fails } from './fails.js';\n\napp.include(Fails);\nawait app.listen();\n",
    );
    expect(vivace('build').code).toBe(0);
    const gone = ['@vivace', 'typescript', '@typescript', '@swc', 'jest', 'src'];
    const from = (name: string): string =>
      name === 'src' ? join(project, name) : join(project, 'node_modules', name);
    for (const name of gone)
      if (existsSync(from(name))) renameSync(from(name), join(place.path, name));
    try {
      const port = await freePort();
      await using server = start(['--enable-source-maps', 'dist/main.js'], project, {
        PORT: String(port),
      });
      const answer = (path: string): Promise<string> =>
        ask(`http://127.0.0.1:${port}${path}`).catch(String);
      await until(
        () => answer('/?name=Ada'),
        (text) => text.includes('Hello, Ada!'),
        'the greeting',
      );
      await answer('/fails');
      await server.says('src/fails.ts:7:11');
    } finally {
      for (const name of gone)
        if (existsSync(join(place.path, name))) renameSync(join(place.path, name), from(name));
    }
  });

  it.each(['build', 'dev', 'routes'])(
    'says what is missing where there is no TypeScript: %s',
    async (command) => {
      renameSync(join(project, 'node_modules/typescript'), join(place.path, 'typescript'));
      try {
        await using running = run(project, [command]);
        const said = /TypeScript is not installed|install TypeScript 7\.0 or newer/;
        await until(
          () => running.output,
          (output) => said.test(output),
          'what is missing',
        );
        expect(running.output).not.toMatch(/^\s+at /m);
      } finally {
        renameSync(join(place.path, 'typescript'), join(project, 'node_modules/typescript'));
      }
    },
  );

  it.each([
    ['src/broken.ts', 'export const = 1;\n', 'src/broken.ts:1:'],
    ['tsconfig.json', '{ "compilerOptions": {', 'tsconfig.json is not JSON'],
  ])(
    'tells what cannot be read in %s without a trace, as vivace dev does',
    (file, text, message) => {
      const before = existsSync(join(project, file))
        ? readFileSync(join(project, file), 'utf8')
        : undefined;
      write(file, text);
      const { stderr } = spawnSync(process.execPath, ['node_modules/.bin/vivace', 'routes'], {
        cwd: project,
        encoding: 'utf8',
      });
      if (before === undefined) rmSync(join(project, file));
      else write(file, before);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );

  it('says which tsconfig is missing', () => {
    const { text, code } = vivace('build', '-p', 'tsconfig.none.json');
    expect([code, text]).toEqual([1, `error There is no tsconfig.none.json in ${project}.\n`]);
  });
});

test('the tests that development has compiled do not run beside their sources', () => {
  mkdirSync(join(project, '.vivace/out/src'), { recursive: true });
  write('.vivace/out/src/app.test.js', "test('twice', () => {});\n");
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...env } = process.env;
  const { stderr } = spawnSync('npm', ['test'], { cwd: project, encoding: 'utf8', env });
  expect(stderr).toContain('Test Suites: 1 passed, 1 total');
});
