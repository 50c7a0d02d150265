import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './checkout.js';
import { start, startProgram, type Contender } from './contender.js';
import { leaveServerAlone } from './cores.js';
import { badInputs } from './growth/bad-inputs.js';
import { cost, parsing } from './growth/cost.js';
import { flatBeside, toAll } from './growth/crowds.js';
import { plot } from './growth/plot.js';
import { buildGrowthProgram } from './growth/program.js';
import { table, type Point, type Series } from './growth/series.js';
import { workloads, type Request } from './workloads.js';

const sizes = { operations: [10, 100, 1000], fields: [1, 10, 50, 200], chains: [1, 5, 10, 20] };
const rows = [1, 10, 100, 1000, 10_000];
const UNKNOWN = 120_000;

async function each(
  all: readonly number[],
  measure: (size: number) => Promise<number>,
): Promise<Point[]> {
  const points: Point[] = [];
  for (const size of all) points.push({ size, cost: await measure(size) });
  return points;
}

const post = (path: string, body: unknown): Request => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const wide = (count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`field${at}`, at % 2 === 0 ? 'text' : at]),
  );
const row = { sku: 'ABC-1000', quantity: 2, price: 9.5 };

/** A body of about 1 MiB, nearly all of whose keys no DTO knows. */
const unknown = {
  rows: [row],
  ...Object.fromEntries(Array.from({ length: UNKNOWN }, (_, at) => [at.toString(36), 0])),
};

async function withServer<T>(
  starting: Promise<Contender>,
  run: (server: Contender) => Promise<T>,
): Promise<T> {
  const server = await starting;
  try {
    return await run(server);
  } finally {
    await server.stop();
  }
}

leaveServerAlone();
const program = buildGrowthProgram(sizes);
const open = (operations: number): Promise<Contender> =>
  startProgram('vivace', program, { GROWTH_OPERATIONS: String(operations) });
const last = (count: number): string => `/part${count / 10 - 1}/operation9/7`;

const operations = async (): Promise<Series[]> => [
  {
    name: 'operations',
    axis: 'operations of the application',
    expected: 'flat',
    points: await each(sizes.operations, (count) =>
      withServer(open(count), (server) => cost(server, { path: last(count) })),
    ),
  },
];

/** What the program is measured by when it has few operations. */
const loads: Readonly<Record<string, (server: Contender) => Promise<Series[]>>> = {
  fields: async (server) => [
    {
      name: 'fields',
      axis: 'fields of the body, and of the answer',
      expected: 'linear',
      points: await each(sizes.fields, (count) =>
        cost(server, post(`/fields/${count}`, wide(count))),
      ),
    },
  ],
  items: async (server) => [
    {
      name: 'items',
      axis: 'items of the body',
      expected: 'linear',
      points: await each(rows, (count) =>
        cost(server, post('/rows', { rows: Array.from({ length: count }, () => row) })),
      ),
    },
  ],
  chains: async (server) => [
    {
      name: 'chains',
      axis: 'dependencies that need each other',
      expected: 'linear',
      points: await each(sizes.chains, (count) => cost(server, { path: `/chains/${count}` })),
    },
  ],
  connections: async (server) => [
    await flatBeside(server, 'connections', 'idle connections beside it'),
  ],
  streams: (server) => toAll(server, 'streams', 'events', '/tick'),
  sockets: (server) => toAll(server, 'sockets', 'broadcasts', '/say'),
};

const named = process.argv.slice(2);
const asked = (name: string): boolean => named.length === 0 || named.includes(name);
const series = asked('operations') ? await operations() : [];
await withServer(open(10), async (server) => {
  for (const [name, measure] of Object.entries(loads))
    if (asked(name)) series.push(...(await measure(server)));
});

const folder = join(repository, 'apps/bench/growth');
mkdirSync(folder, { recursive: true });
for (const one of series) writeFileSync(join(folder, `${one.name}.svg`), plot(one));
console.log(`${table(series)}\n`);
if (asked('unknown')) {
  const read = await withServer(open(10), (server) => cost(server, post('/rows', unknown)));
  const parsed = read / parsing(JSON.stringify(unknown));
  console.log(
    `A body of 1 MiB with ${UNKNOWN} unknown keys costs ${parsed.toFixed(2)} times what JSON.parse needs for it.\n`,
  );
}

if (asked('mistakes'))
  await withServer(start('vivace', 'vivace'), async (server) => {
    const watched = workloads.filter(({ name }) => name === 'orders' || name === 'users');
    const costs = async (): Promise<number[]> => {
      const found = [];
      for (const { request } of watched) found.push(await cost(server, request));
      return found;
    };
    await costs();
    const before = await costs();
    console.log(
      `| after | ${watched.map(({ name }) => name).join(' | ')} |\n| --- | ---: | ---: |`,
    );
    for (const [name, send] of Object.entries(badInputs)) {
      await send(server.url);
      const ratios = (await costs()).map((now, at) => (now / before[at]!).toFixed(2));
      console.log(`| ${name} | ${ratios.join(' | ')} |`);
    }
  });
