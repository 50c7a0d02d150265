import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import { HandOvers } from './hand-overs';
import { isOfKind, type WorkerCommand, type WorkerReport } from './messages';

interface AnyReport {
  readonly kind: string;
}

/** A worker process, as the process that started it sees it. */
export class WorkerProcess {
  readonly #worker: Worker;
  /** How it ended: its signal, or `code 1`. */
  readonly ended: Promise<string>;
  /** The connections that it is given. */
  readonly handOvers: HandOvers;

  /** @param number the lowest that no other worker has: the one that takes its place has it again; 0: it is alone */
  constructor(readonly number = 0) {
    this.#worker = cluster.fork(number === 0 ? {} : { VIVACE_WORKER: number });
    // A worker that cannot be reached any more is about to exit.
    this.#worker.on('error', () => {});
    this.handOvers = new HandOvers(this.#worker.process);
    this.ended = new Promise((resolve) =>
      this.#worker.once('exit', (code, signal) => resolve(signal ?? `code ${code}`)),
    );
  }

  get pid(): number | undefined {
    return this.#worker.process.pid;
  }

  /** The exit code of a worker that has ended; 1 where a signal ended it. */
  get exitCode(): number {
    return this.#worker.process.exitCode ?? 1;
  }

  get isKilled(): boolean {
    return this.#worker.process.killed;
  }

  get isDead(): boolean {
    return this.#worker.isDead();
  }

  get isConnected(): boolean {
    return this.#worker.isConnected();
  }

  send(command: WorkerCommand): void {
    if (this.isConnected) this.#worker.send(command);
  }

  /**
   * Calls back for each report of these kinds.
   *
   * @returns ends it
   */
  on<R extends AnyReport = WorkerReport>(
    kinds: readonly R['kind'][],
    heard: (report: R) => void,
  ): () => void {
    const hear = (message: unknown): void => {
      if (isOfKind<R>(message, ...kinds)) heard(message);
    };
    this.#worker.on('message', hear);
    return () => void this.#worker.off('message', hear);
  }

  /** Waits for a report of one of these kinds; undefined where the worker ends before. */
  async report<R extends AnyReport = WorkerReport>(
    ...kinds: readonly R['kind'][]
  ): Promise<R | undefined> {
    const { promise, resolve } = Promise.withResolvers<R>();
    const stop = this.on<R>(kinds, resolve);
    try {
      return await Promise.race([promise, this.ended.then(() => undefined)]);
    } finally {
      stop();
    }
  }

  /** Waits until it listens somewhere, whatever it reports; its address. */
  listening(): Promise<string> {
    return new Promise((resolve) =>
      this.#worker.once('listening', ({ address: host, port }) =>
        resolve(`http://${host?.includes(':') ? `[${host}]` : host}:${port}`),
      ),
    );
  }

  /** Has it hold its requests until it is disconnected. One that does not react is not waited for. */
  async hold(patience: number): Promise<void> {
    const holding = this.report('holding');
    this.send({ kind: 'refuse-connections' });
    await Promise.race([holding, delay(patience, undefined, { ref: false })]);
  }

  /** Takes it off the listening socket, which is closed with the last worker that has it. */
  disconnect(): void {
    if (this.isConnected) this.#worker.disconnect();
  }

  /**
   * Has it end its requests and exit.
   *
   * @param patience milliseconds after which it is killed
   * @returns its exit code
   */
  async leave(patience: number): Promise<number> {
    if (this.isDead) return this.exitCode;
    this.send({ kind: 'leave' });
    const late = patience === Infinity ? undefined : setTimeout(() => this.kill(), patience);
    await this.ended;
    clearTimeout(late);
    return this.exitCode;
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }
}
