import { isDeepStrictEqual } from 'node:util';
import { load } from './load.js';
import { start, type Contender } from './contender.js';
import { median, quantile } from './statistics.js';
import { workloads, type Workload } from './workloads.js';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 2);

async function check(contender: Contender, { name, requests, expect }: Workload): Promise<void> {
  const [{ path = '/', method = 'GET', headers, body }] = requests as [(typeof requests)[0]];
  const response = await fetch(contender.url + path, {
    method,
    headers: headers as Record<string, string>,
    body: body as string,
  });
  const text = await response.text();
  const fits =
    'mistake' in expect
      ? (response.status === 400 || response.status === 422) && text.includes(expect.mistake)
      : response.status === expect.status &&
        isDeepStrictEqual(JSON.parse(text, instantsAlike), expect.body);
  if (!fits) throw new Error(`${contender.name} answers ${name} with ${response.status} ${text}`);
}

/** Servers write instants with more or fewer digits. */
function instantsAlike(_key: string, value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
    ? new Date(value).toISOString()
    : value;
}

const contenders = [await start('fastify'), await start('vivace')];
try {
  const rates = new Map<string, number[]>();
  for (const workload of workloads)
    for (const contender of contenders) {
      await check(contender, workload);
      await load(contender, workload, seconds);
    }
  for (let round = 0; round < rounds; round++)
    for (const workload of workloads)
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const key = `${workload.name} ${contender.name}`;
        rates.set(key, [...(rates.get(key) ?? []), await load(contender, workload, seconds)]);
      }
  console.log(
    `requests per CPU-second, median of ${rounds} rounds of ${seconds} s on Node ${process.version}; the ratio is taken within each round\n`,
  );
  console.log('workload     fastify      vivace   vivace ÷ fastify   (of half the rounds)');
  for (const { name } of workloads) {
    const [fastify, vivace] = [rates.get(`${name} fastify`)!, rates.get(`${name} vivace`)!];
    const ratios = vivace.map((rate, round) => rate / fastify[round]!);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) =>
      quantile(ratios, share).toFixed(2),
    );
    const columns = [
      name.padEnd(9),
      ...[fastify, vivace].map((all) => median(all).toFixed(0).padStart(11)),
      middle!.padStart(18),
    ];
    console.log(`${columns.join(' ')}   (${low}–${high})`);
  }
} finally {
  for (const contender of contenders) contender.stop();
}
