import { dirname, join } from 'node:path';
import type { Piscina } from 'piscina';
import { unpack } from './thrown';
import type { Outcome, Task } from './worker';

/** Milliseconds after which a thread without work ends. */
const IDLE = 10_000;
/** It is JavaScript in tests of the framework, too, which run its sources. */
const WORKER = join(
  dirname(require.resolve('vivace/package.json')),
  'dist/process/offload/worker.js',
);

let pool: Piscina | undefined;
let servers = 0;

/** Runs a function of a module on a thread of the pool, which the first call makes. */
export async function run(file: string, name: string, args: readonly unknown[]): Promise<unknown> {
  const signals = args.filter((argument) => argument instanceof AbortSignal);
  const signal = signals.length > 1 ? AbortSignal.any(signals) : (signals[0] ?? null);
  signal?.throwIfAborted();
  const task: Task = {
    file,
    name,
    // A signal cannot be copied, and the thread ends with it.
    args: args.map((argument) => (argument instanceof AbortSignal ? undefined : argument)),
    signals: args.flatMap((argument, at) => (argument instanceof AbortSignal ? [at] : [])),
  };
  pool ??= newPool();
  let outcome: Outcome;
  try {
    outcome = (await pool.run(task, { signal })) as Outcome;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  if (outcome.kind === 'returned') return outcome.value;
  throw unpack(outcome.error);
}

/** The package is loaded by the first call. */
function newPool(): Piscina {
  const { Piscina: Pool } = require('piscina') as typeof import('piscina');
  return new Pool({ filename: WORKER, minThreads: 0, idleTimeout: IDLE });
}

/** A server is open: the threads may be needed. */
export function keepThreads(): void {
  servers += 1;
}

/** A server has closed. With the last one the threads end; another call would start new ones. */
export async function releaseThreads(): Promise<void> {
  servers -= 1;
  if (servers > 0) return;
  const last = pool;
  pool = undefined;
  await last?.destroy();
}
