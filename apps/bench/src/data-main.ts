import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './checkout.js';
import { start, type Contender } from './contender.js';
import { checkContract } from './data/check.js';
import { BenchDatabase } from './data/database.js';
import { loadData, type DataLoad } from './data/load-data.js';
import { dataWorkloads } from './data/workloads.js';
import { startPython } from './python-contender.js';
import { geometricMean, median, quantile } from './statistics.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 2);
const PEER = 'fastify-pg';
const SQLMODEL = 'fastapi-sqlmodel';
/** The interpreter that has fastapi, uvicorn, sqlmodel and psycopg. */
const python = process.env['BENCH_PYTHON'];
const SERVERS = [
  PEER,
  'vivace-pg',
  'vivace-sql',
  'fastify-drizzle',
  'nest-typeorm',
  ...(python === undefined ? [] : [SQLMODEL]),
];

const { positionals } = parseArgs({ allowPositionals: true });
const wanted = positionals.length === 0 ? SERVERS : [...new Set([PEER, ...positionals])];

await using database = await BenchDatabase.open();
const contenders: Contender[] = [];
try {
  for (const name of wanted) contenders.push(await opened(name));
  const rates = new Map<string, DataLoad[]>();
  for (const contender of contenders) {
    await database.restore();
    await checkContract(contender);
    for (const workload of dataWorkloads) await loadData(contender, workload, database, seconds);
  }
  for (let round = 0; round < rounds; round++)
    for (const workload of dataWorkloads)
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const key = `${workload.name} ${contender.name}`;
        const rate = await loadData(contender, workload, database, seconds);
        rates.set(key, [...(rates.get(key) ?? []), rate]);
      }
  report(rates);
} finally {
  await Promise.all(contenders.map((contender) => contender.stop()));
}

function opened(name: string): Promise<Contender> {
  const env = { DATABASE_URL: database.url };
  if (name !== SQLMODEL || python === undefined) return start(name, `data/${name}`, env);
  const folder = join(repository, 'apps/bench/peers');
  return startPython(name, python, { folder, module: 'fastapi_sqlmodel', path: '/users/1', env });
}

function report(rates: ReadonlyMap<string, readonly DataLoad[]>): void {
  const of = (workload: string, server: string): readonly DataLoad[] =>
    rates.get(`${workload} ${server}`) ?? [];
  const names = dataWorkloads.map(({ name }) => name);
  console.log(
    `Requests per CPU-second of the server ÷ those of Fastify with pg by hand, median of ${rounds} rounds of ${seconds} s on Node ${process.version}; the ratio is taken within each round (half the rounds between the figures below it). Then PostgreSQL's own CPU time for a request.\n`,
  );
  console.log(row('server', [...names, 'geometric mean']));
  console.log(row('---', [...names.map(() => '---:'), '---:']));
  const peer = names.map((name) =>
    median(of(name, PEER).map(({ rate: server }) => server)).toFixed(0),
  );
  console.log(row(`${PEER}, a second`, [...peer, '']));
  for (const server of wanted.filter((name) => name !== PEER)) {
    const ratios = names.map((name) =>
      of(name, server).map((rate, round) => rate.rate / (of(name, PEER)[round]?.rate ?? NaN)),
    );
    const middles = ratios.map(median);
    const cells = ratios.map(
      (all, index) =>
        `${middles[index]?.toFixed(2)} (${quantile(all, 0.25).toFixed(2)}–${quantile(all, 0.75).toFixed(2)})`,
    );
    console.log(row(server, [...cells, geometricMean(middles).toFixed(2)]));
  }
  console.log(`\n${row('PostgreSQL, ms', names)}`);
  console.log(
    row(
      '---',
      names.map(() => '---:'),
    ),
  );
  for (const server of wanted) {
    const cells = names.map((name) => {
      const times = of(name, server).flatMap(({ database: time }) => time ?? []);
      return times.length === 0 ? '–' : median(times).toFixed(2);
    });
    console.log(row(server, cells));
  }
}

function row(first: string, cells: readonly string[]): string {
  return `| ${[first, ...cells].join(' | ')} |`;
}
