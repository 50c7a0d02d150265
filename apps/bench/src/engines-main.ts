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
const orders = Number(values.orders ?? 200);

const missing = missingEngine();
if (missing !== undefined) throw new Error(`${missing} is missing: see scripts/kafka-broker.sh`);
await using engines = await openEngines();
console.log(`${rounds} rounds of ${orders} orders with three events each\n`);
console.log(
  '| round | what happened | lost | billed twice | in another order | all billed after, s |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: |');
for (let round = 1; round <= rounds; round += 1) {
  const outcome = await faultyRound({ ...engines, orders, faults: 6 });
  const { faults, lost, twice, disordered, recovery } = outcome;
  const counted = [...Map.groupBy(faults, (name) => name)].map(
    ([name, all]) => `${all.length} × ${name}`,
  );
  const cells = [round, counted.join(', '), lost, twice, disordered, recovery.toFixed(1)];
  console.log(`| ${cells.join(' | ')} |`);
  if (lost + twice + disordered > 0) process.exitCode = 1;
}
