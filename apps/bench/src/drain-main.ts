import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { drainRound, type Load } from './drain/round.js';

/**
 * How many requests are lost when a server is ended by SIGTERM while clients ask it. With the word
 * `busy` every core of the machine has other work meanwhile.
 */
const [rounds = '10', busy] = process.argv.slice(2);
const ROUNDS = Number(rounds);
const LOADS: Readonly<Record<string, Load>> = {
  '64 clients that keep their connections': { kept: 64, fresh: 0 },
  'the same, and 4 with a new connection for each request': { kept: 64, fresh: 4 },
};

async function drain(workers: number, name: string, load: Load): Promise<void> {
  const lost: string[] = [];
  let answered = 0;
  let slowest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await drainRound(workers, load);
    answered += outcome.answered;
    slowest = Math.max(slowest, outcome.took);
    lost.push(...outcome.lost, ...(outcome.code === 0 ? [] : [`exit code ${outcome.code}`]));
  }
  const server = workers === 1 ? 'one process' : `${workers} workers`;
  console.log(
    `${server}, ${name}: ${lost.length} of ${answered} requests lost in ${ROUNDS} rounds, ended within ${Math.round(slowest)} ms`,
  );
  for (const [reason, times] of Object.entries(Object.groupBy(lost, (one) => one)))
    console.log(`  ${times?.length} times ${reason}`);
  if (lost.length > 0) process.exitCode = 1;
}

const others = Array.from({ length: busy === 'busy' ? availableParallelism() : 0 }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
);
try {
  for (const [name, load] of Object.entries(LOADS))
    for (const workers of [1, 2]) await drain(workers, name, load);
} finally {
  for (const other of others) other.kill('SIGKILL');
}
