import cluster from 'node:cluster';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServeOptions } from '../run/serve';
import { WorkerProcess } from '../run/worker-process';
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
  readonly #all = new Set<WorkerProcess>();
  #serving: WorkerProcess | undefined;
  #starting: WorkerProcess | undefined;
  #spare: WorkerProcess | undefined;

  /** @param onEnd called when the serving process ends by itself, with its signal or exit code */
  constructor(onEnd: (how: string) => void) {
    this.#onEnd = onEnd;
    // Each accepts for itself, since this process takes none while it compiles and checks types.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
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
    this.prepare();
    const worker = this.#spare!;
    this.#spare = undefined;
    this.#starting = worker;
    const outcome = await listening(worker, options);
    if (this.#starting !== worker) return { kind: 'abandoned' };
    this.#starting = undefined;
    if (outcome.kind === 'failed') return outcome;
    const last = this.#serving;
    this.#serving = worker;
    void worker.ended.then((how) => {
      if (this.#serving !== worker) return;
      this.#serving = undefined;
      this.#onEnd(how);
    });
    void last?.leave(GRACE);
    return outcome;
  }

  /** Has a process wait for the next version. */
  prepare(): void {
    this.#spare ??= this.#fork();
  }

  /** Stops a version that does not listen yet: it may never do so. */
  abandon(): void {
    this.#starting?.kill();
    this.#starting = undefined;
  }

  async stop(): Promise<void> {
    this.abandon();
    this.#serving = this.#spare = undefined;
    await Promise.all([...this.#all].map((worker) => worker.leave(GRACE)));
  }

  /** Kills all processes. */
  kill(): void {
    for (const worker of this.#all) worker.kill();
  }

  #fork(): WorkerProcess {
    const worker = new WorkerProcess();
    this.#all.add(worker);
    void worker.ended.then(() => {
      this.#all.delete(worker);
      // The system may have wanted its memory.
      if (this.#spare === worker) this.#spare = undefined;
    });
    return worker;
  }
}

async function listening(worker: WorkerProcess, options: ServeOptions): Promise<Outcome> {
  const address = worker.listening();
  worker.send({ kind: 'listen', options });
  const report = (await worker.report<StartReport>('ready', 'failed')) ?? {
    kind: 'failed',
    portIsHeld: false,
  };
  if (report.kind === 'failed' || report.url !== null) return report;
  const url = await Promise.race([address, delay(PATIENCE, undefined)]);
  return url === undefined ? { kind: 'silent' } : { ...report, url };
}
