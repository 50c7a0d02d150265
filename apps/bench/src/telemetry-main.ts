import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { start, type Contender } from './contender.js';
import { BenchDatabase } from './data/database.js';
import { loadData } from './data/load-data.js';
import { dataWorkloads } from './data/workloads.js';
import { load } from './load.js';
import { geometricMean, median, quantile } from './statistics.js';
import { workloads } from './workloads.js';

/** The same servers with telemetry (numbers, and one of ten traces sent to a collector) and without it, in one run. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);

/** What is loaded, and what it comes to: requests per second of the server's CPU time. */
interface Workload {
  readonly name: string;
  readonly load: (contender: Contender) => Promise<number>;
}

const { positionals } = parseArgs({ allowPositionals: true });
const asked = (what: string): boolean => positionals.length === 0 || positionals.includes(what);
const collector = createServer((request, reply) => {
  request.resume();
  request.once('end', () => reply.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
});
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
const { port } = collector.address() as AddressInfo;

console.log(
  `requests per CPU-second, median of ${rounds} rounds of ${seconds} s on Node ${process.version}; the ratio is taken within each round`,
);
try {
  if (asked('http'))
    await compare(
      'vivace',
      {},
      workloads.map((one) => ({
        name: one.name,
        load: (contender) => load(contender, one, seconds),
      })),
    );
  if (asked('data')) {
    await using database = await BenchDatabase.open();
    await database.restore();
    await compare(
      'data/vivace-sql',
      { DATABASE_URL: database.url },
      dataWorkloads.map((one) => ({
        name: one.name,
        load: async (contender) => (await loadData(contender, one, database, seconds)).server,
      })),
    );
  }
} finally {
  collector.close();
}

async function compare(
  server: string,
  env: Readonly<Record<string, string>>,
  all: readonly Workload[],
): Promise<void> {
  const off = await start('off', server, env);
  const on = await start('on', server, {
    ...env,
    BENCH_TELEMETRY: 'on',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  });
  try {
    const rates = new Map<string, number[]>();
    for (const workload of all) for (const contender of [off, on]) await workload.load(contender);
    for (let round = 0; round < rounds; round++)
      for (const workload of all)
        for (const contender of round % 2 === 0 ? [off, on] : [on, off]) {
          const key = `${workload.name} ${contender.name}`;
          rates.set(key, [...(rates.get(key) ?? []), await workload.load(contender)]);
        }
    report(server, all, rates);
  } finally {
    await Promise.all([off, on].map((contender) => contender.stop()));
  }
}

function report(
  server: string,
  all: readonly Workload[],
  rates: ReadonlyMap<string, readonly number[]>,
): void {
  console.log(`\n| ${server} | off | on | on ÷ off | half of the rounds |`);
  console.log('|---|---:|---:|---:|---|');
  const middles = all.map(({ name }) => {
    const [base = [], own = []] = ['off', 'on'].map((which) => rates.get(`${name} ${which}`));
    const ratios = own.map((rate, round) => rate / (base[round] ?? NaN));
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) =>
      quantile(ratios, share).toFixed(2),
    );
    const figures = [base, own].map((some) => median(some).toFixed(0)).join(' | ');
    console.log(`| \`${name}\` | ${figures} | ${middle} | ${low}–${high} |`);
    return Number(middle);
  });
  console.log(`| geometric mean | | | ${geometricMean(middles).toFixed(2)} | |`);
}
