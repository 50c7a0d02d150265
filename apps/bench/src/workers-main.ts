import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from './statistics.js';

/** Requests per second of `vivace run` with one and with two workers, the median of some rounds in one run. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const PORT = 8493;
const cli = join(
  dirname(createRequire(import.meta.url).resolve('@vivace/cli/package.json')),
  'bin/vivace.js',
);

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

interface Workload {
  readonly name: string;
  readonly path: string;
}
const WORKLOADS: readonly Workload[] = [
  { name: 'counting primes, some milliseconds each', path: '/primes?below=1000000' },
  {
    name: 'a short list, where the client works about as much as a server and needs a core of its own',
    path: '/users?limit=5',
  },
];

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await delay(100);
  }
  throw new Error(`${url} did not answer.`);
}

async function measure({ path }: Workload, workers: number): Promise<number> {
  const args = [
    cli,
    'run',
    'dist/servers/workers.js',
    '--host',
    '127.0.0.1',
    '--port',
    String(PORT),
    '--workers',
    String(workers),
  ];
  const server = spawn(process.execPath, args, {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(server, 'exit');
  const url = `http://127.0.0.1:${PORT}${path}`;
  try {
    await Promise.race([
      answering(url),
      ended.then(() => Promise.reject(new Error('The server ended.'))),
    ]);
    await autocannon({ url, connections: 64, duration: 1 });
    const { requests, errors, non2xx } = await autocannon({
      url,
      connections: 64,
      duration: SECONDS,
    });
    if (errors + non2xx > 0) throw new Error(`${errors + non2xx} requests failed.`);
    return requests.average;
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

for (const workload of WORKLOADS) {
  console.log(`GET ${workload.path}: ${workload.name}`);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const one = await measure(workload, 1);
    const two = await measure(workload, 2);
    ratios.push(two / one);
    console.log(
      `  one worker ${one.toFixed(0)} requests/s, two ${two.toFixed(0)}: ${(two / one).toFixed(2)} times`,
    );
  }
  console.log(`  median ${median(ratios).toFixed(2)} times`);
}
