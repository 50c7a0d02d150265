import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { start } from './contender.js';
import { load } from './load.js';
import { geometricMean, median, quantile } from './statistics.js';
import { workloads } from './workloads.js';

/** The same server with telemetry (numbers, and one of ten traces sent to a collector) and without it, in one run. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 2);

const received = { messages: 0, bytes: 0 };
const collector = createServer((request, reply) => {
  request.on('data', (chunk: Buffer) => (received.bytes += chunk.length));
  request.on('end', () => {
    received.messages += 1;
    reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
const { port } = collector.address() as AddressInfo;

const off = await start('off', 'vivace');
const on = await start('on', 'vivace', {
  BENCH_TELEMETRY: 'on',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
});
try {
  const rates = new Map<string, number[]>();
  for (const workload of workloads)
    for (const contender of [off, on]) await load(contender, workload, seconds);
  for (let round = 0; round < rounds; round++)
    for (const workload of workloads)
      for (const contender of round % 2 === 0 ? [off, on] : [on, off]) {
        const key = `${workload.name} ${contender.name}`;
        rates.set(key, [...(rates.get(key) ?? []), await load(contender, workload, seconds)]);
      }
  console.log(
    `requests per CPU-second, median of ${rounds} rounds of ${seconds} s on Node ${process.version}; the ratio is taken within each round\n`,
  );
  console.log('workload       off        on   on ÷ off   (of half the rounds)');
  const means: number[] = [];
  for (const { name } of workloads) {
    const [base = [], own = []] = ['off', 'on'].map((which) => rates.get(`${name} ${which}`));
    const ratios = own.map((rate, round) => rate / (base[round] ?? NaN));
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share));
    means.push(middle!);
    const figures = [median(base), median(own)].map((rate) => rate.toFixed(0).padStart(9));
    console.log(
      `${name.padEnd(9)} ${figures.join(' ')} ${middle!.toFixed(2).padStart(10)}   (${low!.toFixed(2)}–${high!.toFixed(2)})`,
    );
  }
  console.log(`\ngeometric mean of the ratios: ${geometricMean(means).toFixed(2)}`);
  console.log(`the collector got ${received.messages} messages, ${received.bytes} bytes`);
} finally {
  for (const contender of [off, on]) contender.stop();
  collector.close();
}
