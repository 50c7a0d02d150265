import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import type { ServeOptions } from '../run/serve';
import type { Order, Report } from './worker';

/** Milliseconds that the last version has to end its requests. */
const GRACE = 2000;

/** The processes of a development server: one that serves, and one that waits for the next version. */
export class Processes {
  #serving: Worker | undefined;
  #spare: Worker | undefined;

  /** @param onEnd told when the serving process has ended by itself */
  constructor(
    private readonly options: ServeOptions,
    private readonly onEnd: (how: string) => void,
  ) {
    cluster.setupPrimary({ exec: join(__dirname, 'worker.js'), execArgv: ['--enable-source-maps'], serialization: 'advanced' });
  }

  /** Whether a version serves. */
  get serves(): boolean {
    return this.#serving !== undefined;
  }

  /** Starts the version that is compiled now. The one before goes on until this one listens, and for good where it does not. */
  async start(): Promise<{ readonly url: string | null } | undefined> {
    const worker = this.#spare ?? fork();
    this.#spare = undefined;
    const ready = await this.#listening(worker);
    if (ready === undefined) return undefined;
    const last = this.#serving;
    this.#serving = worker;
    worker.once('exit', (code, signal) => {
      if (this.#serving !== worker) return;
      this.#serving = undefined;
      this.onEnd(signal ?? `code ${code}`);
    });
    if (last !== undefined) void leave(last);
    this.#spare = fork();
    return ready;
  }

  async stop(): Promise<void> {
    const all = [this.#serving, this.#spare].filter((worker) => worker !== undefined);
    this.#serving = this.#spare = undefined;
    await Promise.all(all.map(leave));
  }

  #listening(worker: Worker): Promise<{ readonly url: string | null } | undefined> {
    return new Promise((resolve) => {
      worker.once('message', (report: Report) => resolve(report.is === 'ready' ? report : undefined));
      worker.once('exit', () => resolve(undefined));
      worker.send({ do: 'listen', options: this.options } satisfies Order);
    });
  }
}

function fork(): Worker {
  return cluster.fork();
}

/** Lets a process end its requests, but not for long. */
async function leave(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const left = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  if (worker.isConnected()) worker.send({ do: 'leave' } satisfies Order);
  const late = setTimeout(() => worker.process.kill('SIGKILL'), GRACE);
  await left;
  clearTimeout(late);
}
