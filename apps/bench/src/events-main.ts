import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { kafka } from '@vivace/events/kafka';
import { repository } from './checkout.js';
import { missingEngine } from './engines/all-engines.js';
import { Kafka } from './engines/engine.js';
import { Postgres } from './faults/postgres.js';
import { median } from './statistics.js';

/** What publishing costs a request, and how many events a second come from it to a handler that writes a row. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const REQUESTS = 2000;
const EVENTS = 5000;
const CLIENTS = 16;

const PROGRAM = join(repository, 'apps/bench/dist/servers/events.js');

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

async function started(
  does: 'serve' | 'work',
  env: Readonly<Record<string, string>>,
): Promise<Running> {
  const { NODE_ENV: _, KAFKA_BROKERS: __, ...own } = process.env;
  const child = fork(PROGRAM, [does], { env: { ...own, ...env } });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return { url: url.replace('[::1]', '127.0.0.1'), child };
}

async function ended({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function cpuOf({ child }: Running): Promise<number> {
  const answer = once(child, 'message') as Promise<[{ cpu: NodeJS.CpuUsage }]>;
  child.send('used');
  const [{ cpu }] = await answer;
  return cpu.user + cpu.system;
}

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Microseconds of the server's CPU for a request. */
async function cost(server: Running, path: string): Promise<number> {
  const before = await cpuOf(server);
  let left = REQUESTS;
  const client = async (): Promise<void> => {
    while ((left -= 1) >= 0)
      await (await post(`${server.url}/orders/${path}`, { quantity: 1 })).text();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return ((await cpuOf(server)) - before) / REQUESTS;
}

/** Events a second from the commit of many to the last one that was handled. */
async function rate(postgres: Postgres, env: Readonly<Record<string, string>>): Promise<number> {
  const server = await started('serve', env);
  const worker = await started('work', env);
  const handled = async (): Promise<number> => {
    const [row] = await postgres.ask<{ bills: number }>('select count(*)::int as bills from bill');
    return row!.bills;
  };
  const measured = async (count: number): Promise<number> => {
    const goal = (await handled()) + count;
    await post(`${server.url}/orders/many`, { count });
    const begun = performance.now();
    while ((await handled()) < goal) await delay(10);
    return count / ((performance.now() - begun) / 1000);
  };
  try {
    await measured(EVENTS / 5);
    return median([await measured(EVENTS), await measured(EVENTS), await measured(EVENTS)]);
  } finally {
    await ended(worker);
    await ended(server);
  }
}

await using postgres = await Postgres.open('events');
const env = { DATABASE_URL: postgres.url };
const server = await started('serve', env);
const differences: number[] = [];
const plain: number[] = [];
await cost(server, 'plain');
await cost(server, 'published');
for (let round = 0; round < ROUNDS; round += 1) {
  const without = await cost(server, 'plain');
  plain.push(without);
  differences.push((await cost(server, 'published')) - without);
}
await ended(server);
console.log(
  `A request that inserts a row takes ${median(plain).toFixed(0)} µs of CPU; publishing an event in it ${median(differences).toFixed(0)} µs more (median of ${ROUNDS} rounds of ${REQUESTS} requests).`,
);
await postgres.ask('delete from vivace_events.event_outbox');
console.log(
  `Events a second to a handler that writes a row, over PostgreSQL: ${(await rate(postgres, env)).toFixed(0)}`,
);
const missing = missingEngine();
if (missing === undefined) {
  await using broker = await Kafka.open();
  const topics = kafka({ brokers: [broker.address], topics: { partitions: 6, replicas: 1 } });
  await topics.create(['bench.orders', 'bench.orders.bench-billing.dead']);
  await topics.close();
  const rated = await rate(postgres, { ...env, KAFKA_BROKERS: broker.address });
  console.log(`… over Kafka: ${rated.toFixed(0)}`);
} else console.log(`Kafka is not measured: ${missing} is missing.`);
