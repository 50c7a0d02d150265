import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { failure, type Job, type Outcome } from './replay';
import type { Mismatch } from './compare';

const PATIENCE = 60_000;

/** A job, and whether it needs a process of its own. */
export interface Assignment {
  readonly job: Job;
  readonly checks: readonly string[];
  readonly fresh: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs jobs in a few processes; one that hangs or dies fails its job only. */
export async function runAll(
  assignments: readonly Assignment[],
  processes: number,
  done: (assignment: Assignment, outcome: Outcome) => void,
): Promise<void> {
  const queue = [...assignments];
  await Promise.all(
    Array.from({ length: Math.min(processes, queue.length) }, async () => {
      let worker: ChildProcess | undefined;
      for (let next = queue.shift(); next; next = queue.shift()) {
        const own = next.fresh || worker?.connected !== true ? start(next.env) : worker;
        done(next, await run(own, next));
        if (next.fresh) own.kill();
        else worker = own;
      }
      worker?.kill();
    }),
  );
}

function start(env: Readonly<Record<string, string>>): ChildProcess {
  return fork(join(__dirname, 'worker.js'), {
    env: { ...process.env, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'ignore', process.env.REPLAY_STDERR ? 'inherit' : 'ignore', 'ipc'],
    execArgv: ['--enable-source-maps'],
  });
}

function run(worker: ChildProcess, { job, checks }: Assignment): Promise<Outcome> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      for (const event of ['message', 'exit', 'error']) worker.removeAllListeners(event);
      resolve(outcome);
    };
    const fail = (reason: string): void =>
      finish(
        Object.fromEntries(
          checks.map((check) => [check, failure('an outcome', reason) as readonly Mismatch[]]),
        ),
      );
    const timer = setTimeout(() => {
      fail(`not done after ${PATIENCE / 1000} seconds`);
      worker.kill('SIGKILL');
    }, PATIENCE);
    worker.once('message', (outcome: Outcome) => finish(outcome));
    worker.once('exit', (code, signal) => fail(`the process ended (${signal ?? code})`));
    worker.once('error', (error) => fail(error.message));
    worker.send(job, (error) => error && fail(error.message));
  });
}
