import { parseArgs } from 'node:util';
import { missingEngine, openEngines } from './engines/all-engines.js';
import { faultyRound } from './engines/faulty-round.js';

/**
 * Orders whose events go over an outbox and Kafka to a consumer, while Kafka, Redis, the processes that
 * serve and those that relay and consume are killed, frozen and restarted at random.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string' }, orders: { type: 'string' } },
});
const rounds = Number(values.rounds ?? 10);
const orders = Number(values.orders ?? 2000);

/** Milliseconds that a command to Redis may take with all that ends it, and seconds until all are ready again. */
const LIMITS = { wait: 600, ready: 10 };

const missing = missingEngine();
if (missing !== undefined) throw new Error(`${missing} is missing: see scripts/kafka-broker.sh`);
await using engines = await openEngines();
console.log(`${rounds} rounds of ${orders} orders with three events each\n`);
const HEAD = [
  'round',
  'what happened',
  'lost',
  'billed twice',
  'in another order',
  'longest wait for Redis, ms',
  'ready again after, s',
  'all billed after, s',
];
console.log(`| ${HEAD.join(' | ')} |`);
console.log(`| --- | --- |${' ---: |'.repeat(HEAD.length - 2)}`);
for (let round = 1; round <= rounds; round += 1) {
  const outcome = await faultyRound({ ...engines, orders, faults: 6 });
  const { faults, lost, twice, disordered, wait, ready, recovery } = outcome;
  const counted = [...Map.groupBy(faults, (name) => name)].map(
    ([name, all]) => `${all.length} × ${name}`,
  );
  const times = [wait.toFixed(0), ready.toFixed(1), recovery.toFixed(1)];
  console.log(`| ${[round, counted.join(', '), lost, twice, disordered, ...times].join(' | ')} |`);
  if (lost + twice + disordered > 0 || wait > LIMITS.wait || ready > LIMITS.ready)
    process.exitCode = 1;
}
