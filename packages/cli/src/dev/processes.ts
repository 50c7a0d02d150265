import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { command, isOfKind } from '../run/messages';
import type { ServeOptions } from '../run/serve';
import type { StartReport } from './start-report';

/** Milliseconds that a version has to end its requests, and that a program has to listen once it is loaded. */
const GRACE = 2000;
const PATIENCE = 1000;

/** How a start went; `silent` where the program listens nowhere, `abandoned` where a newer version is wanted. */
export type Outcome = StartReport | { readonly kind: 'silent' } | { readonly kind: 'abandoned' };

/** The processes of a development server: one that serves, and one that waits for the next version. */
export class Processes {
  readonly #onEnd: (how: string) => void;
  #serving: Worker | undefined;
  #starting: Worker | undefined;
  #spare: Worker | undefined;

  /** @param onEnd told when the serving process has ended by itself */
  constructor(onEnd: (how: string) => void) {
    this.#onEnd = onEnd;
    cluster.setupPrimary({ exec: join(__dirname, 'worker.js'), serialization: 'advanced' });
  }

  /** Whether a version serves. */
  get serves(): boolean {
    return this.#serving !== undefined;
  }

  /** Starts the version that is compiled now. The one before goes on until this one listens, and for good where it does not. */
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

  /** Gives up a version that does not listen yet, for it may never do so. */
  abandon(): void {
    this.#starting?.process.kill('SIGKILL');
    this.#starting = undefined;
  }

  async stop(): Promise<void> {
    this.abandon();
    this.#serving = this.#spare = undefined;
    await Promise.all(all().map(leave));
  }

  /** Ends everything at once. */
  kill(): void {
    for (const worker of all()) worker.process.kill('SIGKILL');
  }
}

function fork(): Worker {
  const worker = cluster.fork();
  // One that cannot be reached any more is about to exit.
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

/** Lets a process end its requests, but not for long. */
async function leave(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const left = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  command(worker, { kind: 'leave' });
  const late = setTimeout(() => worker.process.kill('SIGKILL'), GRACE);
  await left;
  clearTimeout(late);
}
