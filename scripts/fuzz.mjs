// Random values for everything that reads text from outside: `npm run fuzz -- --minutes 5`, or `-- --seed 4711` to repeat a run.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** How many times the values of `npm test` one round tries. */
const TIMES = 4;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes} is no time.`);

const end = Date.now() + minutes * 60_000;
let rounds = 0;
do {
  const seed = values.seed ?? String(randomInt(2 ** 31));
  console.log(`seed ${seed}`);
  const { status } = spawnSync('jest', ['--silent', 'packages/vivace/tests/fuzz'], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_SEED: seed, FUZZ_TIMES: String(TIMES) },
  });
  rounds += 1;
  if (status !== 0) {
    console.error(`Once more: npm run fuzz -- --seed ${seed}`);
    process.exit(1);
  }
} while (values.seed === undefined && Date.now() < end);
console.log(`${rounds} rounds, nothing found`);
