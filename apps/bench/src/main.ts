import { isDeepStrictEqual, parseArgs } from 'node:util';
import { checkout } from './checkout.js';
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

const { values } = parseArgs({ options: { against: { type: 'string' } } });
const contenders = [await start('fastify', 'fastify'), await start('vivace', 'vivace')];
if (values.against !== undefined)
  contenders.push(await start(values.against, 'vivace', {}, checkout(values.against)));
const [peer, ...ours] = contenders as [Contender, ...Contender[]];
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
  console.log('workload  server          rate   ÷ fastify   (of half the rounds)');
  for (const { name } of workloads) {
    const base = rates.get(`${name} ${peer.name}`) ?? [];
    console.log(`${name.padEnd(9)} ${peer.name.padEnd(10)} ${median(base).toFixed(0).padStart(9)}`);
    for (const { name: server } of ours) {
      const own = rates.get(`${name} ${server}`) ?? [];
      const ratios = own.map((rate, round) => rate / (base[round] ?? NaN));
      const [low, middle, high] = [0.25, 0.5, 0.75].map((share) =>
        quantile(ratios, share).toFixed(2),
      );
      console.log(
        `${''.padEnd(9)} ${server.padEnd(10)} ${median(own).toFixed(0).padStart(9)} ${middle?.padStart(11)}   (${low}–${high})`,
      );
    }
  }
} finally {
  for (const contender of contenders) contender.stop();
}
