import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { drainRound, type Load, type Outcome } from './drain/round.js';
import { effects, variablesOf, workRound } from './drain/work-round.js';
import { Postgres } from './faults/postgres.js';

/**
 * How many requests are lost when a server is ended by SIGTERM while clients ask it. With the word
 * `busy` every core of the machine has other work meanwhile; with `work` the requests add jobs and
 * publish events, a process works on them that is ended too, and none of those may be lost either.
 */
const [rounds = '10', ...words] = process.argv.slice(2);
const ROUNDS = Number(rounds);
const LOADS: Readonly<Record<string, Load>> = {
  '64 clients that keep their connections': { kept: 64, fresh: 0 },
  'the same, and 4 with a new connection for each request': { kept: 64, fresh: 4 },
};

async function drain(name: string, run: () => Promise<Outcome>): Promise<void> {
  const lost: string[] = [];
  let answered = 0;
  let slowest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await run();
    answered += outcome.answered;
    lost.push(...outcome.lost);
    for (const { code, took } of outcome.ends) {
      slowest = Math.max(slowest, took);
      if (code !== 0) lost.push(`exit code ${code}`);
    }
  }
  console.log(
    `${name}: ${lost.length} of ${answered} requests lost in ${ROUNDS} rounds, ended within ${Math.round(slowest)} ms`,
  );
  for (const [reason, times] of Object.entries(Object.groupBy(lost, (one) => one)))
    console.log(`  ${times?.length} times ${reason}`);
  if (lost.length > 0) process.exitCode = 1;
}

async function drainWork(): Promise<void> {
  await using postgres = await Postgres.open('drain');
  const env = variablesOf(postgres);
  await drain('two workers and a process that works, 16 clients that keep their connections', () =>
    workRound(postgres, env, { kept: 16, fresh: 2 }),
  );
  const { purchases, lost, twice } = await effects(postgres, env);
  console.log(
    `${purchases} jobs and as many events: ${lost} were lost, ${twice} had their effect twice`,
  );
  if (lost + twice > 0) process.exitCode = 1;
}

const others = Array.from({ length: words.includes('busy') ? availableParallelism() : 0 }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
);
try {
  if (words.includes('work')) await drainWork();
  else
    for (const [name, load] of Object.entries(LOADS))
      for (const [server, workers] of [['one process', 1] as const, ['two workers', 2] as const])
        await drain(`${server}, ${name}`, () => drainRound(workers, load));
} finally {
  for (const other of others) other.kill('SIGKILL');
}
