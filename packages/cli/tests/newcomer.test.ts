import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PART_NAMES } from '../src/generate/parts';
import { folder } from './folder';
import { install, pack } from './packed';
import { ask, Client, freePort, run, until } from './running';

const ROUNDS = 10;
const place = folder();
const project = join(place.path, 'my-api');
const app = join(project, 'src/app.ts');
const edit = (from: string, to: string): void => {
  const text = readFileSync(app, 'utf8');
  if (!text.includes(from)) throw new Error(`src/app.ts has no '${from}'.`);
  writeFileSync(app, text.replace(from, to));
};
const npm = (...args: readonly string[]): string => {
  const { NODE_ENV: _environment, NODE_OPTIONS: _options, ...env } = process.env;
  return execFileSync('npm', args, {
    cwd: project,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...env, NO_COLOR: '1' },
  });
};

afterAll(() => place[Symbol.dispose]());

/** One step after the other: each begins with what the one before has left. */
describe('a newcomer', () => {
  test('makes a project from the packages as they are published', () => {
    const tarballs = pack(join(place.path, 'packages'));
    const cli = join(__dirname, '../bin/vivace.js');
    const env = { ...process.env, VIVACE_PACKAGES: tarballs, NO_COLOR: '1' };
    const text = execFileSync(
      process.execPath,
      [cli, 'new', 'my-api', '--no-install', '--no-git', '--yes'],
      {
        cwd: place.path,
        env,
        encoding: 'utf8',
      },
    );
    expect(text).toContain('cd my-api');
    install(project, tarballs);
  });

  test('sees a saved file at once, and the last version while the new one is broken', async () => {
    const port = await freePort();
    const hello = (): Promise<string> => ask(`http://127.0.0.1:${port}/`).catch(String);
    const answers = (text: string): Promise<string> =>
      until(hello, (answer) => answer.includes(text), text);
    await using dev = run(project, ['dev', '--port', String(port)]);
    await dev.says(`documentation  http://127.0.0.1:${port}/docs`);
    await answers('Hello, World!');

    edit('Hello, ${name}', 'Welcome, ${name}');
    await answers('Welcome, World!');

    edit('export const app', "throw new Error('broken on purpose');\nexport const app");
    await dev.says('broken on purpose');
    await dev.says('The last version that started goes on.');
    expect(await hello()).toContain('Welcome, World!');

    edit("throw new Error('broken on purpose');\n", '');
    edit('Welcome, ${name}', 'Hello, ${name}');
    await answers('Hello, World!');
  });

  test('generates every kind of part that needs no database, also of one name, which passes its own test and the types', () => {
    const nameOf = (part: string): string => (part === 'resource' ? 'books' : 'orders');
    const parts = PART_NAMES.filter((part) => part !== 'entity' && part !== 'job').map((part) =>
      execFileSync('node_modules/.bin/vivace', ['generate', part, nameOf(part)], {
        cwd: project,
        encoding: 'utf8',
      }),
    );
    expect(parts.join('')).toContain('src/books/books.controller.ts');
    expect(readFileSync(app, 'utf8')).toContain(
      '  controllers: [Greetings, OrdersController, BooksController, OrdersSocket],\n',
    );
  });

  test('tests and builds it', () => {
    edit(
      "  @Get('/')",
      "  @Get('/slow')\n  async slow(): Promise<number> {\n    await new Promise((resolve) => setTimeout(resolve, 100));\n    return process.pid;\n  }\n\n  @Get('/')",
    );
    // What vivace dev has built holds each test once more.
    const tests = npm('test', '--', '--listTests').match(/^.*\.test\.[jt]s$/gm);
    expect(tests).toContain(join(project, 'src/app.test.ts'));
    expect(tests?.filter((file) => !file.startsWith(join(project, 'src')))).toEqual([]);
    npm('test');
    expect(npm('run', 'build')).toContain('dist');
  });

  test('stops several workers under load, and no request in flight fails', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const port = await freePort();
      await using server = run(project, [
        'run',
        '--workers',
        '2',
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
      ]);
      await until(
        () => new Set(server.output.match(/"pid":\d+(?=[^}]+Server listening)/g)).size,
        (workers) => workers === 2,
        'two workers',
      );
      const clients = Array.from({ length: 30 }, () => new Client(`http://127.0.0.1:${port}/slow`));
      await Promise.all(clients.map(({ connected }) => connected));
      const code = server.end('SIGTERM');
      const answers = await Promise.all(clients.map((client) => client.answers));
      expect(Math.min(...answers)).toBeGreaterThan(1);
      expect(await code).toBe(0);
      await expect(ask(`http://127.0.0.1:${port}/slow`)).rejects.toThrow('ECONNREFUSED');
    }
  });

  test('kills a worker: the other answers, and another takes its place', async () => {
    const port = await freePort();
    await using server = run(project, [
      'run',
      '--workers',
      '2',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ]);
    const workers = async (): Promise<Set<string>> => {
      const asked = await Promise.allSettled(
        Array.from({ length: 8 }, () => ask(`http://127.0.0.1:${port}/slow`)),
      );
      return new Set(
        asked.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'none')),
      );
    };
    const two = (pids: Set<string>): boolean => pids.size === 2 && !pids.has('none');
    const [victim = '', other = ''] = await until(workers, two, 'two workers');
    process.kill(Number(victim), 'SIGKILL');
    await server.says(`worker ${victim} died (SIGKILL)`);
    expect([...(await workers())]).toContain(other);
    const after = await until(workers, (pids) => two(pids) && !pids.has(victim), 'another worker');
    expect([...after]).toContain(other);
  });
});
