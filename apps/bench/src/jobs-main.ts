import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { repository } from './checkout.js';
import { installBullMQ } from './jobs/bullmq.js';
import type { Figures } from './jobs/measure.js';
import { Postgres } from './faults/postgres.js';
import { median } from './statistics.js';
import { freePort } from './free-port.js';

/** Jobs a second and from `add` to their begin, beside BullMQ where there is a `redis-server`. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

const hasRedis = spawnSync('redis-server', ['--version']).error === undefined;
if (hasRedis) installBullMQ();
else console.log('There is no redis-server: BullMQ is left out.');

const figures = new Map<string, Figures[]>();
for (let round = 0; round < rounds; round += 1) {
  note('@vivace/queue', await onPostgres());
  if (hasRedis) note('BullMQ', await onRedis());
}
console.log(
  `2,000 jobs that wait, and 200 one by one, in one process with eight at a time; median of ${rounds} rounds.\n`,
);
console.log(
  '| | jobs a second | until a job begins, ms | of 99 in 100 |\n| --- | ---: | ---: | ---: |',
);
for (const [name, all] of figures) {
  const of = (key: keyof Figures) => median(all.map((one) => one[key]));
  console.log(
    `| ${name} | ${of('rate').toFixed(0)} | ${of('median').toFixed(1)} | ${of('late').toFixed(1)} |`,
  );
}

function note(name: string, one: Figures): void {
  figures.set(name, [...(figures.get(name) ?? []), one]);
}

async function onPostgres(): Promise<Figures> {
  await using postgres = await Postgres.open('jobs');
  return await measured('vivace-queue', { DATABASE_URL: postgres.url });
}

/** It keeps nothing on disk, and the embedded PostgreSQL does not wait for it. */
async function onRedis(): Promise<Figures> {
  const port = await freePort();
  const redis = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });
  try {
    while (spawnSync('redis-cli', ['-p', `${port}`, 'ping']).status !== 0) await delay(20);
    return await measured('bullmq', { REDIS_PORT: `${port}` });
  } finally {
    redis.kill('SIGKILL');
  }
}

async function measured(program: string, env: Readonly<Record<string, string>>): Promise<Figures> {
  const file = join(repository, `apps/bench/dist/servers/jobs/${program}.js`);
  const child = fork(file, [], { env: { ...process.env, ...env } });
  try {
    const ended = once(child, 'exit').then(() => {
      throw new Error(`${program} ended before it had measured.`);
    });
    const [figures] = (await Promise.race([once(child, 'message'), ended])) as [Figures];
    ended.catch(() => undefined);
    return figures;
  } finally {
    child.kill('SIGKILL');
  }
}
