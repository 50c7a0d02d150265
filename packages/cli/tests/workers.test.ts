import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder';
import { ask, freePort, run, until, type Running } from './running';

const repository = join(__dirname, '../../..');
const APP = `
const { Vivace } = require('vivace');
const { existsSync, writeFileSync } = require('node:fs');
const { setTimeout: delay } = require('node:timers/promises');
if (existsSync(__dirname + '/broken')) throw new Error('broken on purpose');
const pid = String(process.pid);
exports.app = new Vivace({ types: 'decorators', docs: false }).plugin((fastify) => {
  fastify.get('/pid', async () => pid);
  fastify.get('/slow', async () => { await delay(500); return pid; });
  fastify.get('/reject', async () => { Promise.reject(new Error('nobody waits')); return pid; });
  fastify.get('/throw', async () => { setImmediate(() => { throw new Error('nobody caught'); }); return pid; });
  fastify.get('/exit', async () => { setImmediate(() => process.exit(3)); return pid; });
  fastify.get('/block', async () => { writeFileSync(__dirname + '/blocked', pid); for (;;); });
});
`;

/** It waits for something that never comes. */
const STUCK = `
const { Vivace } = require('vivace');
exports.app = new Vivace({
  types: 'decorators',
  lifespan: async function* () {
    console.log('waiting');
    await new Promise((resolve) => setTimeout(resolve, 1e9));
    yield;
  },
});
`;

const project = folder({
  'package.json': '{"name":"several"}',
  'dist/app.js': APP,
  'dist/stuck.js': STUCK,
});
beforeAll(() =>
  symlinkSync(join(repository, 'node_modules'), join(project.path, 'node_modules'), 'junction'),
);
afterAll(() => project[Symbol.dispose]());

function serveStuck(...args: string[]): Running {
  return run(project.path, ['run', 'dist/stuck.js', '--host', '127.0.0.1', '--port', '0', ...args]);
}

test.each([['1'], ['2']])(
  'an application that does not start can be stopped, with --workers %s',
  async (workers) => {
    await using server = serveStuck('--workers', workers);
    await server.says('waiting');
    await server.end('SIGTERM');
    expect(server.process.signalCode ?? server.process.exitCode).toBe(
      workers === '1' ? 'SIGTERM' : 0,
    );
  },
);

function serve(port: number, ...args: string[]): Running {
  return run(project.path, [
    'run',
    'dist/app.js',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    ...args,
  ]);
}

test('a lone process that throws where nobody catches answers what it has begun, and ends with 1', async () => {
  const port = await freePort();
  await using server = serve(port);
  await server.says('Server listening');
  const ended = once(server.process, 'exit');
  const slow = Promise.all(Array.from({ length: 8 }, () => ask(`http://127.0.0.1:${port}/slow`)));
  const pid = await ask(`http://127.0.0.1:${port}/throw`);
  expect(new Set(await slow)).toEqual(new Set([pid]));
  expect(await ended).toEqual([1, null]);
  expect(server.output).toContain('An error that nobody caught');
  expect(server.output).toMatch(/app\.js:\d+/);
});

test('a lone process says that it stops, and ends with 0', async () => {
  const port = await freePort();
  await using server = serve(port);
  await server.says('Server listening');
  const slow = ask(`http://127.0.0.1:${port}/slow`);
  await ask(`http://127.0.0.1:${port}/pid`);
  const code = server.end('SIGTERM');
  expect(await slow).toBe(String(server.process.pid));
  expect(await code).toBe(0);
  expect(server.output).toContain(
    '"msg":"stopping: requests may end; a second signal stops at once"',
  );
});

test('what several workers and their supervisor log is JSON, line by line', async () => {
  const port = await freePort();
  await using server = serve(port, '--workers', '2');
  await until(
    () => server.output.match(/Server listening/g)?.length,
    (times) => times === 2,
    'two workers',
  );
  server.process.kill('SIGHUP');
  await server.says('reloaded');
  expect(await server.end()).toBe(0);
  const lines = server.output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(lines.filter((line) => !line.startsWith('Server'))).toEqual([
    'several with 2 workers',
    'reloading',
    'reloaded',
    expect.stringContaining('stopping'),
  ]);
});

test('workers that die again and again are started later each time', async () => {
  const port = await freePort();
  await using server = serve(port, '--workers', '2');
  // A connection that a dying worker was given may never get an answer.
  const strike = (): unknown => void ask(`http://127.0.0.1:${port}/exit`).catch(() => {});
  const kill = (said: string): Promise<unknown> =>
    until(strike, () => server.output.includes(said), said);
  await kill('died (code 3); another takes its place"');
  await kill('died (code 3); another takes its place in 0.1 s');
  await kill('died (code 3); another takes its place in 0.4 s');
});

test('what has started once is started again for as long as it takes, though no worker is left', async () => {
  const port = await freePort();
  const broken = join(project.path, 'dist/broken');
  await using server = serve(port, '--workers', '2');
  const answer = (): Promise<string> =>
    ask(`http://127.0.0.1:${port}/pid`).catch((error: NodeJS.ErrnoException) => error.code ?? '');
  await until(answer, (text) => /^\d+$/.test(text), 'an answer');
  writeFileSync(broken, '');
  try {
    await until(
      () => void ask(`http://127.0.0.1:${port}/exit`).catch(() => {}),
      () => server.output.split('a worker did not start; another').length > 5,
      'five failed starts',
    );
    expect(await answer()).toBe('ECONNREFUSED');
  } finally {
    rmSync(broken);
  }
  await until(answer, (text) => /^\d+$/.test(text), 'an answer again');
  expect(await server.end()).toBe(0);
});

test('what has never started ends the command, and says why once', async () => {
  const broken = join(project.path, 'dist/broken');
  writeFileSync(broken, '');
  try {
    const server = serve(await freePort(), '--workers', '2');
    expect(await server.ended).toBe(1);
    expect(server.output.match(/broken on purpose/g)).toHaveLength(1);
  } finally {
    rmSync(broken);
  }
});

describe('one of several workers', () => {
  let server: Running;
  let url: string;
  /** Holds the id of the worker that is blocked. */
  const sign = join(project.path, 'dist/blocked');

  async function begin(...args: string[]): Promise<void> {
    rmSync(sign, { force: true });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = serve(port, '--workers', '2', ...args);
    await until(pids, (seen) => seen.size === 2 && !seen.has('none'), 'two workers');
  }
  afterEach(() => server.end());

  async function pids(): Promise<Set<string>> {
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => ask(`${url}/pid`)));
    return new Set(asked.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'none')));
  }

  async function takenBy(another: string): Promise<void> {
    await until(
      pids,
      (seen) => seen.size === 2 && !seen.has('none') && !seen.has(another),
      `another in the place of ${another}`,
    );
  }

  test('survives a promise that nobody waits for, and logs it', async () => {
    await begin();
    const pid = await ask(`${url}/reject`);
    await server.says('A promise failed that nobody waits for');
    expect([...(await pids())]).toContain(pid);
    expect(server.output).not.toContain('takes its place');
  });

  test('that throws where nobody catches answers what it has begun, and is replaced', async () => {
    await begin();
    const slow = Promise.all(Array.from({ length: 8 }, () => ask(`${url}/slow`)));
    const failed = await ask(`${url}/throw`);
    await server.says(`worker ${failed} failed; another takes its place`);
    expect(new Set(await slow)).toContain(failed);
    await takenBy(failed);
  });

  test('that holds up its event loop is ended and replaced, while the other answers', async () => {
    await begin('--blocked', '2');
    const blocked = ask(`${url}/block`).catch((error: NodeJS.ErrnoException) => error.code);
    await server.says('did nothing for 2 s: something holds up its event loop');
    const [, pid = ''] = /worker (\d+) did nothing/.exec(server.output)!;
    expect(await blocked).toBe('ECONNRESET');
    await takenBy(pid);
  });

  test('that is killed has the clients answered by another that it had not taken yet', async () => {
    await begin();
    const blocked = ask(`${url}/block`).catch((error: NodeJS.ErrnoException) => error.code);
    const pid = await until(
      () => (existsSync(sign) ? readFileSync(sign, 'utf8') : ''),
      (written) => written !== '',
      'the blocked worker',
    );
    // One of them is offered to the worker that takes nothing any more.
    const answered: string[] = [];
    const asked = Array.from({ length: 8 }, async () => answered.push(await ask(`${url}/pid`)));
    await until(
      () => answered.length,
      (count) => count === 7,
      'seven answers',
    );
    process.kill(Number(pid), 'SIGKILL');
    await Promise.all(asked);
    expect(await blocked).toBe('ECONNRESET');
  });

  test('leaves when the supervisor is killed, so that the port is free', async () => {
    await begin();
    const [one = '', other = ''] = await pids();
    server.process.kill('SIGKILL');
    const gone = (pid: string): boolean => {
      try {
        return !process.kill(Number(pid), 0);
      } catch {
        return true;
      }
    };
    await until(() => [one, other].every(gone), Boolean, 'the end of both workers');
    await expect(ask(`${url}/pid`)).rejects.toThrow('ECONNREFUSED');
  });
});
