import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { start, type Contender } from './contender.js';
import { leaveServerAlone } from './cores.js';
import { BenchDatabase } from './data/database.js';
import { loadData } from './data/load-data.js';
import { dataWorkloads } from './data/workloads.js';
import { load } from './load.js';
import { geometricMean, median, quantile } from './statistics.js';
import { workloads } from './workloads.js';

/** The same servers without telemetry, with it as in production (numbers, and one of ten traces sent to a collector), and with all traces sent, in one run. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);

const [OFF, ON, ALL] = ['off', 'one of ten', 'all'] as const;

/** What is loaded, and what it comes to: requests per second of the server's CPU time. */
interface Workload {
  readonly name: string;
  readonly load: (contender: Contender) => Promise<number>;
}

// The collector is in this process.
leaveServerAlone();
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
  const told = {
    ...env,
    BENCH_TELEMETRY: 'on',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  };
  const contenders = [
    await start(OFF, server, env),
    await start(ON, server, told),
    await start(ALL, server, { ...told, OTEL_TRACES_SAMPLER: 'always_on' }),
  ];
  try {
    const rates = new Map<string, number[]>();
    for (const workload of all) for (const contender of contenders) await workload.load(contender);
    for (let round = 0; round < rounds; round++)
      for (const workload of all)
        for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
          const key = `${workload.name} ${contender.name}`;
          rates.set(key, [...(rates.get(key) ?? []), await workload.load(contender)]);
        }
    report(server, all, rates);
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
}

function report(
  server: string,
  all: readonly Workload[],
  rates: ReadonlyMap<string, readonly number[]>,
): void {
  console.log(`\n| ${server} | off | one of ten | ÷ off | half of the rounds | all | ÷ off |`);
  console.log('|---|---:|---:|---:|---|---:|---:|');
  const ratios = all.map(({ name }) => {
    const [off, on, whole] = [OFF, ON, ALL].map((which) => rates.get(`${name} ${which}`) ?? []);
    const against = (some: readonly number[] = []) =>
      some.map((rate, round) => rate / (off?.[round] ?? NaN));
    const [middle, low, high] = [0.5, 0.25, 0.75].map((share) => quantile(against(on), share));
    const figure = (some: readonly number[] = []) => median(some).toFixed(0);
    const shown = [middle, low, high].map((ratio = NaN) => ratio.toFixed(2));
    const entire = median(against(whole));
    console.log(
      `| \`${name}\` | ${figure(off)} | ${figure(on)} | ${shown[0]} | ${shown[1]}–${shown[2]} | ${figure(whole)} | ${entire.toFixed(2)} |`,
    );
    return [middle ?? NaN, entire] as const;
  });
  const [on, whole] = [0, 1].map((at) => geometricMean(ratios.map((ratio) => ratio[at]!)));
  console.log(`| geometric mean | | | ${on?.toFixed(2)} | | | ${whole?.toFixed(2)} |`);
}
