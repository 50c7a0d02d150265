import { missingEngine, openEngines } from './all-engines.js';
import { faultyRound } from './faulty-round.js';

const missing = process.env['CI'] === undefined ? missingEngine() : undefined;
if (missing !== undefined)
  console.info(`Events on Kafka under faults are not tried: ${missing} is missing.`);

/** A short round of `npm run faults:engines`. */
(missing === undefined ? describe : describe.skip)(
  'Kafka, Redis, relay, consumer and application',
  () => {
    it('are killed and frozen at random: every event has its effect once, in the order of its key', async () => {
      await using engines = await openEngines();
      const outcome = await faultyRound({ ...engines, orders: 20, faults: 3 });
      expect(outcome).toMatchObject({ lost: 0, twice: 0, disordered: 0 });
    }, 300_000);
  },
);
