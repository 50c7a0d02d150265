import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askUntilRefused, Tally } from './client.js';
import { freePort } from '../free-port.js';

const { resolve } = createRequire(import.meta.url);
const CLI = join(dirname(resolve('@vivace/cli/package.json')), 'bin/vivace.js');
const BENCH = join(dirname(resolve('@vivace/bench/package.json')));

export interface Load {
  /** Clients that keep their connections, and clients that make one for each request. */
  readonly kept: number;
  readonly fresh: number;
}

export interface Outcome {
  readonly answered: number;
  readonly lost: readonly string[];
  /** The exit code of the server. */
  readonly code: number | null;
  /** Milliseconds from the signal to the end. */
  readonly took: number;
}

/** Answers before the signal: enough that every client is at work. */
const WARM = 50;

/** Starts a server, has it asked by many clients at once, and ends it with SIGTERM. */
export async function drainRound(workers: number, { kept, fresh }: Load): Promise<Outcome> {
  const port = await freePort();
  const server = serve(port, workers);
  const ended = once(server, 'exit') as Promise<[number | null]>;
  try {
    await listening(server, workers);
    const tally = new Tally();
    const clients = Array.from({ length: kept + fresh }, (_, index) =>
      askUntilRefused(port, index < kept, tally),
    );
    while (tally.answered < WARM * clients.length) await delay(5);
    const begun = performance.now();
    server.kill('SIGTERM');
    const [code] = await ended;
    const took = performance.now() - begun;
    await Promise.all(clients);
    return { ...tally, code, took };
  } finally {
    server.kill('SIGKILL');
  }
}

function serve(port: number, workers: number): ChildProcess {
  const { NODE_ENV: _environment, ...env } = process.env;
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--workers', String(workers)];
  return spawn(process.execPath, [CLI, 'run', 'dist/servers/quick.js', ...listen], {
    cwd: BENCH,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Waits until every worker has said that it listens. */
async function listening(server: ChildProcess, workers: number): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error(`The server ended:\n${output}`)));
    server.stdout?.on('data', (text) => {
      output += String(text);
      if (output.split('Server listening').length > workers) resolve();
    });
  });
}
