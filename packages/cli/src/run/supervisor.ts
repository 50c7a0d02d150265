import cluster from 'node:cluster';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { log, STOPPING } from '../terminal/log';
import { HeartbeatMonitor } from './heartbeat';
import { Relay } from './relay';
import { Restarts } from './restarts';
import type { ServeOptions } from './serve';
import { WorkerProcess } from './worker-process';

const NOT_STARTED = 'a worker did not start';
/** Milliseconds that workers hold their requests at most, and that one may still need to be ready. */
const HOLDING = 1000;
/** Milliseconds between two looks at new connections, and looks without one after which the listening socket is closed. */
const LOOK = 5;
const QUIET_LOOKS = 4;
/** Milliseconds beyond the grace for a worker to close what it has opened. */
const CLOSING = 10_000;

export interface SupervisorOptions {
  readonly workers: number;
  readonly serve: ServeOptions;
  /** Seconds that a worker may hold up its event loop; 0 for as long as it likes. */
  readonly blocked: number;
}

/** Keeps some workers running, and replaces them without losing a request. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #starting = new Set<WorkerProcess>();
  readonly #serving = new Set<WorkerProcess>();
  readonly #leaving = new Set<WorkerProcess>();
  readonly #relay = new Relay(() => this.#serving);
  readonly #restarts: Restarts;
  readonly #ended = Promise.withResolvers<number>();
  #stopping = false;
  #reloading: Promise<void> | undefined;
  #heartbeats: HeartbeatMonitor | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#restarts = new Restarts(options.workers);
  }

  /** Starts the workers; resolves with the exit code when all have ended. */
  async run(): Promise<number> {
    cluster.setupPrimary({ exec: join(__dirname, 'worker.js'), serialization: 'advanced' });
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.#stop(name));
    // On Windows it says that the window is being closed.
    process.on('SIGHUP', () =>
      process.platform === 'win32' ? this.#stop('SIGTERM') : void this.reload(),
    );
    const { blocked, workers } = this.#options;
    if (blocked > 0)
      this.#heartbeats = new HeartbeatMonitor(blocked, (worker) => this.#endBlocked(worker));
    // One alone first: what keeps it from starting would keep them all, and is said once.
    const starts = await this.#start();
    if (!starts && !this.#stopping) return 1;
    for (let others = workers - 1; others > 0 && !this.#stopping; others--)
      void this.#startOneMore();
    return this.#ended.promise;
  }

  async #startOneMore(): Promise<void> {
    if (!(await this.#start()) && !this.#stopping) await this.#startAnother(NOT_STARTED);
  }

  /** Replaces the workers one by one: the new one listens before the old one leaves. */
  reload(): Promise<void> {
    this.#reloading ??= this.#replaceAll().finally(() => (this.#reloading = undefined));
    return this.#reloading;
  }

  async #replaceAll(): Promise<void> {
    log('info', 'reloading');
    const old = [...this.#serving];
    for (const worker of old) {
      if (this.#stopping) return;
      if (worker.isDead) continue;
      if (!(await this.#start()))
        return log('error', 'The new version does not start; the old one goes on.');
      await this.#leave(worker);
    }
    log('info', 'reloaded');
  }

  /** Starts a worker; whether it listens. */
  async #start(): Promise<boolean> {
    const worker = new WorkerProcess(this.#freeNumber());
    this.#starting.add(worker);
    worker.send({ kind: 'listen', options: this.#options.serve });
    const ready = await worker.report('ready');
    this.#starting.delete(worker);
    if (ready === undefined || worker.isKilled) return false;
    this.#serving.add(worker);
    this.#heartbeats?.watch(worker);
    this.#relay.watch(worker);
    worker.on(['failing'], () => void this.#replace(worker));
    void worker.ended.then((how) => this.#lost(worker, how));
    return true;
  }

  #freeNumber(): number {
    const taken = [this.#starting, this.#serving, this.#leaving].flatMap((workers) =>
      [...workers].map(({ number }) => number),
    );
    let number = 1;
    while (taken.includes(number)) number += 1;
    return number;
  }

  async #lost(worker: WorkerProcess, how: string): Promise<void> {
    this.#serving.delete(worker);
    if (this.#leaving.delete(worker) || this.#stopping) return;
    await this.#startAnother(`worker ${worker.pid} died (${how})`);
  }

  /** A worker that failed answers what it has begun, while another takes its place. */
  async #replace(worker: WorkerProcess): Promise<void> {
    if (this.#leaving.has(worker) || this.#stopping) return;
    this.#leaving.add(worker);
    await this.#startAnother(`worker ${worker.pid} failed`);
    if (!this.#stopping) await this.#leave(worker);
  }

  #endBlocked(worker: WorkerProcess): void {
    const { blocked } = this.#options;
    log(
      'warn',
      `worker ${worker.pid} did nothing for ${blocked} s: something holds up its event loop`,
    );
    worker.kill();
  }

  /** Starts workers until one listens, later each time. */
  async #startAnother(reason: string): Promise<void> {
    for (let seen = reason; !this.#stopping; seen = NOT_STARTED) {
      const wait = this.#restarts.delayAfterDeath(this.#serving.size > 0);
      log('warn', `${seen}; another takes its place${wait === 0 ? '' : ` in ${wait / 1000} s`}`);
      await delay(wait);
      if (this.#stopping || (await this.#start())) return;
    }
  }

  #stop(signal: 'SIGINT' | 'SIGTERM'): void {
    if (this.#stopping) {
      for (const worker of [...this.#starting, ...this.#serving]) worker.kill();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    log('info', STOPPING);
    void this.#stopAll().then((code) => this.#ended.resolve(code));
  }

  async #stopAll(): Promise<number> {
    this.#stopping = true;
    await Promise.all([...this.#starting].map((worker) => this.#endStart(worker)));
    await this.#refuseConnections();
    const codes = await Promise.all([...this.#serving].map((worker) => this.#leave(worker)));
    return Math.max(0, ...codes);
  }

  /** A worker that is about to be ready may finish what it has begun; others serve nobody yet, and may never do. */
  async #endStart(worker: WorkerProcess): Promise<void> {
    const late = setTimeout(() => worker.kill(), HOLDING);
    await worker.report('ready');
    clearTimeout(late);
  }

  /**
   * Closes the listening socket before any worker says `connection: close`: their clients would
   * come back to it. It is in this process, and closed for all workers at once, when all of them
   * hold their requests and have taken every connection. Clients that were answered just before come
   * within milliseconds. What the system has accepted and this process has not would be reset: a turn
   * of the event loop takes it, and the socket is closed right after one.
   */
  async #refuseConnections(): Promise<void> {
    const workers = [...this.#serving];
    const end = performance.now() + HOLDING;
    await Promise.all(workers.map((worker) => worker.hold(HOLDING)));
    const given = (): number => workers.reduce((sum, { handOvers }) => sum + handOvers.given, 0);
    for (let quiet = 0; quiet < QUIET_LOOKS && performance.now() < end;) {
      const before = given();
      await delay(LOOK);
      await turn();
      const isQuiet = given() === before && workers.every(({ handOvers }) => handOvers.areTaken);
      quiet = isQuiet ? quiet + 1 : 0;
    }
    for (const worker of workers) worker.disconnect();
  }

  /** Tells a worker to leave, and waits until it has; its exit code. */
  #leave(worker: WorkerProcess): Promise<number> {
    this.#leaving.add(worker);
    const { grace = Infinity } = this.#options.serve;
    return worker.leave(grace * 1000 + CLOSING);
  }
}
