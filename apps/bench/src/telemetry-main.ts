import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { start, type Contender } from './contender.js';
import { leaveServerAlone } from './cores.js';
import { BenchDatabase } from './data/database.js';
import { loadData } from './data/load-data.js';
import { dataWorkloads } from './data/workloads.js';
import { load, type Load } from './load.js';
import { compareLoads } from './report.js';
import { geometricMean } from './statistics.js';
import { workloads } from './workloads.js';

/** The same servers without telemetry, with it as in production (numbers, and one of ten traces sent to a collector), and with all traces sent, in one run. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);

const [OFF, ON, ALL] = ['off', 'one of ten', 'all'] as const;

interface Workload {
  readonly name: string;
  readonly load: (contender: Contender) => Promise<Load>;
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
        load: (contender) => loadData(contender, one, database, seconds),
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
    const loads = new Map<string, Load[]>();
    for (const workload of all) for (const contender of contenders) await workload.load(contender);
    for (let round = 0; round < rounds; round++)
      for (const workload of all)
        for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
          const key = `${workload.name} ${contender.name}`;
          loads.set(key, [...(loads.get(key) ?? []), await workload.load(contender)]);
        }
    report(server, all, loads);
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
}

function report(
  server: string,
  all: readonly Workload[],
  loads: ReadonlyMap<string, readonly Load[]>,
): void {
  console.log(
    `\n| ${server} | off | one of ten | ÷ off | half of the rounds | undisturbed | all | ÷ off | undisturbed |`,
  );
  console.log('|---|---:|---:|---:|---|---:|---:|---:|---:|');
  const ratios = all.map(({ name }) => {
    const of = (which: string): readonly Load[] => loads.get(`${name} ${which}`) ?? [];
    const off = compareLoads(of(OFF), of(OFF));
    const [some, whole] = [ON, ALL].map((which) => compareLoads(of(which), of(OFF)));
    const [low, middle, high] = some!.ratio.map((ratio) => ratio.toFixed(2));
    const rates = [off, some!, whole!].map(({ rate }) => rate.toFixed(0));
    console.log(
      `| \`${name}\` | ${rates[0]} | ${rates[1]} | ${middle} | ${low}–${high} | ${some!.alone.toFixed(2)} | ${rates[2]} | ${whole!.ratio[1].toFixed(2)} | ${whole!.alone.toFixed(2)} |`,
    );
    return [some!.ratio[1], some!.alone, whole!.ratio[1], whole!.alone];
  });
  const means = [0, 1, 2, 3].map((at) => geometricMean(ratios.map((row) => row[at]!)).toFixed(2));
  console.log(`| geometric mean | | | ${means[0]} | | ${means[1]} | | ${means[2]} | ${means[3]} |`);
}
