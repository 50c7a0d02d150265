import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { command, isOfKind } from '../run/messages';
import type { ServeOptions } from '../run/serve';
import type { StartReport } from './start-report';

/** Milliseconds: for an old version to finish its requests; for a loaded program to listen. */
const GRACE = 2000;
const PATIENCE = 1000;

/**
 * The result of a start: `silent` where the program listens nowhere, `abandoned` where a newer
 * version replaced it.
 */
export type Outcome = StartReport | { readonly kind: 'silent' } | { readonly kind: 'abandoned' };

/** The processes of a development server: one serves, and one waits for the next version. */
export class Processes {
  readonly #onEnd: (how: string) => void;
  #serving: Worker | undefined;
  #starting: Worker | undefined;
  #spare: Worker | undefined;

  /** @param onEnd called when the serving process ends by itself, with its signal or exit code */
  constructor(onEnd: (how: string) => void) {
    this.#onEnd = onEnd;
    cluster.setupPrimary({ exec: join(__dirname, 'worker.js'), serialization: 'advanced' });
  }

  /** Whether any version is being served. */
  get serves(): boolean {
    return this.#serving !== undefined;
  }

  /**
   * Starts the version that was just compiled. The previous version serves until this one listens,
   * and goes on where this one fails.
   */
  async start(options: ServeOptions): Promise<Outcome> {
    const worker = this.#spare ?? fork();
    this.#spare = undefined;
    this.#starting = worker;
    const outcome = await listening(worker, options);
    if (this.#starting !== worker) return { kind: 'abandoned' };
    this.#starting = undefined;
    if (outcome.kind === 'failed') return outcome;
    const last = this.#serving;
    this.#serving = worker;
    worker.once('exit', (code, signal) => {
      if (this.#serving !== worker) return;
      this.#serving = undefined;
      this.#onEnd(signal ?? `code ${code}`);
    });
    if (last !== undefined) void leave(last);
    this.#spare = fork();
    return outcome;
  }

  /** Stops a version that does not listen yet: it may never do so. */
  abandon(): void {
    this.#starting?.process.kill('SIGKILL');
    this.#starting = undefined;
  }

  async stop(): Promise<void> {
    this.abandon();
    this.#serving = this.#spare = undefined;
    await Promise.all(all().map(leave));
  }

  /** Kills all processes. */
  kill(): void {
    for (const worker of all()) worker.process.kill('SIGKILL');
  }
}

function fork(): Worker {
  const worker = cluster.fork();
  // A worker that cannot be reached any more is about to exit.
  worker.on('error', () => {});
  return worker;
}

const all = (): Worker[] =>
  Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);

async function listening(worker: Worker, options: ServeOptions): Promise<Outcome> {
  const address = new Promise<string>((resolve) =>
    worker.once('listening', ({ address: host, port }) =>
      resolve(`http://${host?.includes(':') ? `[${host}]` : host}:${port}`),
    ),
  );
  const report = await new Promise<StartReport>((resolve) => {
    worker.on('message', (message) => {
      if (isOfKind<StartReport>(message, 'ready', 'failed')) resolve(message);
    });
    worker.once('exit', () => resolve({ kind: 'failed', portIsHeld: false }));
    command(worker, { kind: 'listen', options });
  });
  if (report.kind === 'failed' || report.url !== null) return report;
  const url = await Promise.race([address, delay(PATIENCE, undefined)]);
  return url === undefined ? { kind: 'silent' } : { ...report, url };
}

/** Lets a process finish its requests, for a short time. */
async function leave(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const left = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  command(worker, { kind: 'leave' });
  const late = setTimeout(() => worker.process.kill('SIGKILL'), GRACE);
  await left;
  clearTimeout(late);
}
