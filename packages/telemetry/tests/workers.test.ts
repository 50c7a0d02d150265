import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../cli/tests/folder';
import { ask, freePort, run, until } from '../../cli/tests/running';
import { samplesOf, type Sample } from './prometheus';

const APP = `
const { Vivace } = require('vivace');
const { telemetry } = require('@vivace/telemetry');
exports.app = new Vivace({ types: 'decorators', docs: false, extensions: [telemetry()] }).plugin((fastify) => {
  fastify.get('/pid', async () => String(process.pid));
  fastify.get('/exit', async () => { setImmediate(() => process.exit(3)); return 'bye'; });
  fastify.get('/block', async () => { for (const end = Date.now() + 3000; Date.now() < end;); return 'free'; });
});
`;
const project = folder({ 'package.json': '{"name":"several"}', 'dist/app.js': APP });
const repository = join(__dirname, '../../..');
beforeAll(() =>
  symlinkSync(join(repository, 'node_modules'), join(project.path, 'node_modules'), 'junction'),
);
afterAll(() => project[Symbol.dispose]());

const COUNT = 'http_server_request_duration_seconds_count';
const workersOf = (samples: readonly Sample[], name: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    samples
      .filter((one) => one.name === name && (one.labels['route'] ?? '/pid') === '/pid')
      .map(({ labels, value }) => [labels['worker']!, value]),
  );

test('any of two workers answers for both; one that begins anew is seen, one that is busy is left out', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['run', 'dist/app.js', '--host', '127.0.0.1', '--port', String(port)];
  await using server = run(project.path, [...args, '--workers', '2']);
  await server.says('Server listening');
  const samples = async () => samplesOf(await ask(`${url}/metrics`));
  const both = async (): Promise<Readonly<Record<string, number>>> => {
    for (;;) {
      const started = workersOf(await samples(), 'process_start_time_seconds');
      if (Object.keys(started).length === 2) return started;
    }
  };
  const before = await both();
  expect(Object.keys(before).toSorted()).toEqual(['1', '2']);

  let pids = new Set<string>();
  let asked = 0;
  for (; pids.size < 2 || asked < 40; asked += 1) pids = pids.add(await ask(`${url}/pid`));
  const counts = workersOf(await samples(), COUNT);
  expect(Object.keys(counts).toSorted()).toEqual(['1', '2']);
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(asked);

  await ask(`${url}/exit`);
  await until(
    both,
    (now) => Object.keys(before).filter((worker) => now[worker] !== before[worker]).length === 1,
    'a worker that began anew',
  );
  expect(Object.keys(await both()).toSorted()).toEqual(['1', '2']);

  const busy = ask(`${url}/block`);
  await until(
    samples,
    (told) =>
      told.find(({ name }) => name === 'vivace_workers_silent')?.value === 1 &&
      Object.keys(workersOf(told, 'process_start_time_seconds')).length === 1,
    'an answer without the worker that is busy',
  );
  expect(await busy).toBe('free');
});
