import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { end, start, type Contender } from './contender.js';
import { load } from './load.js';
import { median, quantile } from './statistics.js';
import type { Workload } from './workloads.js';

/** Requests per CPU-second of an operation with a limit and a cache, beside the same by hand with ioredis on Fastify. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);
const PEER = 'fastify-ioredis';
const SERVERS = [PEER, 'vivace-redis'];

const workload: Workload = {
  name: 'limit and cache',
  request: { path: '/products/7' },
  expect: { status: 200, body: {} },
};

const url = `redis://127.0.0.1:${await freePort()}`;
const store = spawn('redis-server', [
  '--port',
  new URL(url).port,
  '--bind',
  '127.0.0.1',
  '--save',
  '',
]);
const contenders: Contender[] = [];
try {
  await answering(url);
  for (const name of SERVERS)
    contenders.push(await start(name, `redis/${name}`, { REDIS_URL: url }));
  const [first, second] = await Promise.all(contenders.map(answerOf));
  if (first !== second) throw new Error(`The servers answer differently: ${first}, ${second}`);
  for (const contender of contenders) await load(contender, workload, seconds);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const rates = new Map<string, number>();
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed())
      rates.set(contender.name, (await load(contender, workload, seconds)).rate);
    const [peer = NaN, own = NaN] = SERVERS.map((name) => rates.get(name));
    ratios.push(own / peer);
    console.log(`by hand ${peer.toFixed(0)}, Vivace ${own.toFixed(0)}: ${(own / peer).toFixed(2)}`);
  }
  const [low, middle, high] = [quantile(ratios, 0.25), median(ratios), quantile(ratios, 0.75)];
  console.log(
    `Requests per CPU-second with a limit and a cache ÷ the same by hand, median of ${rounds} rounds: ${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`,
  );
} finally {
  await Promise.all(contenders.map((contender) => contender.stop()));
  await end(store);
}

/** The answer as values: instants are written with more digits here than there. */
async function answerOf({ url: server }: Contender): Promise<string> {
  const body = (await (await fetch(`${server}${workload.request.path}`)).json()) as {
    readonly added: string;
  };
  return JSON.stringify({ ...body, added: new Date(body.added) });
}

async function answering(address: string): Promise<void> {
  const client = new Redis(address, { retryStrategy: () => 50 });
  client.on('error', () => undefined);
  while (client.status !== 'ready') await delay(20);
  client.disconnect();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
