import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { log, STOPPING } from '../terminal/log';
import { HeartbeatMonitor } from './heartbeat';
import { command, isOfKind, type WorkerReport } from './messages';
import type { ServeOptions } from './serve';

/**
 * Milliseconds before a worker that died is started again: none at first, then twice as many each
 * time.
 */
const BACK_OFF = { first: 100, most: 5000 };
/** So many deaths of each worker in so many milliseconds mean that the application cannot run. */
const GIVE_UP = { deaths: 10, within: 60_000 };
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
  readonly #starting = new Set<Worker>();
  readonly #serving = new Set<Worker>();
  readonly #leaving = new Set<Worker>();
  readonly #deaths: number[] = [];
  readonly #ended = Promise.withResolvers<number>();
  #stopping = false;
  #reloading: Promise<void> | undefined;
  #heartbeats: HeartbeatMonitor | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Starts the workers; resolves with the exit code when all have ended. */
  async run(): Promise<number> {
    cluster.setupPrimary({ exec: join(__dirname, 'worker.js'), serialization: 'advanced' });
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.#stop(name));
    // On Windows it says that the window is being closed.
    process.on('SIGHUP', () =>
      process.platform === 'win32' ? this.#stop('SIGTERM') : void this.reload(),
    );
    if (this.#options.blocked > 0)
      this.#heartbeats = new HeartbeatMonitor(this.#options.blocked, (worker) => this.#end(worker));
    // One alone first: what keeps it from starting would keep them all, and is said once.
    const others = (await this.#start())
      ? Array.from({ length: this.#options.workers - 1 }, () => this.#start())
      : [Promise.resolve(false)];
    if ((await Promise.all(others)).includes(false) && !this.#stopping) {
      await this.#stopAll();
      return 1;
    }
    return this.#ended.promise;
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
      if (worker.isDead()) continue;
      if (!(await this.#start()))
        return log('error', 'The new version does not start; the old one goes on.');
      await this.#leave(worker);
    }
    log('info', 'reloaded');
  }

  /** Starts a worker; whether it listens. */
  async #start(): Promise<boolean> {
    const worker = cluster.fork();
    // A worker that cannot be reached any more is about to exit.
    worker.on('error', () => {});
    const listens = new Promise<boolean>((resolve) => {
      worker.on('message', (message) => isOfKind<WorkerReport>(message, 'ready') && resolve(true));
      worker.once('exit', () => resolve(false));
    });
    worker.once('online', () => command(worker, { kind: 'listen', options: this.#options.serve }));
    this.#starting.add(worker);
    const started = await listens;
    this.#starting.delete(worker);
    if (!started) return false;
    this.#serving.add(worker);
    this.#heartbeats?.watch(worker);
    worker.on(
      'message',
      (message) => isOfKind<WorkerReport>(message, 'failing') && void this.#replace(worker),
    );
    worker.once('exit', (code, signal) => void this.#lost(worker, signal ?? `code ${code}`));
    if (this.#stopping) void this.#leave(worker);
    return true;
  }

  async #lost(worker: Worker, how: string): Promise<void> {
    this.#serving.delete(worker);
    if (this.#leaving.delete(worker) || this.#stopping) return;
    await this.#startAnother(`worker ${worker.process.pid} died (${how})`);
  }

  /** A worker that failed answers what it has begun, while another takes its place. */
  async #replace(worker: Worker): Promise<void> {
    if (this.#leaving.has(worker) || this.#stopping) return;
    this.#leaving.add(worker);
    await this.#startAnother(`worker ${worker.process.pid} failed`);
    if (!this.#stopping) await this.#leave(worker);
  }

  #end(worker: Worker): void {
    log(
      'warn',
      `worker ${worker.process.pid} did nothing for ${this.#options.blocked} s: something holds up its event loop`,
    );
    worker.process.kill('SIGKILL');
  }

  async #startAnother(reason: string): Promise<void> {
    for (let seen = reason; !this.#stopping; seen = 'a worker did not start') {
      const deaths = this.#countDeath();
      if (deaths > GIVE_UP.deaths) return this.#giveUp();
      const wait =
        deaths <= 1 ? 0 : Math.min(BACK_OFF.most, BACK_OFF.first * 2 ** Math.floor(deaths - 1));
      log('warn', `${seen}; another takes its place${wait === 0 ? '' : ` in ${wait / 1000} s`}`);
      await delay(wait);
      if (this.#stopping || (await this.#start())) return;
    }
  }

  /** How often each worker has died lately, on average. */
  #countDeath(): number {
    const now = performance.now();
    this.#deaths.push(now);
    while (now - this.#deaths[0]! > GIVE_UP.within) this.#deaths.shift();
    return this.#deaths.length / this.#options.workers;
  }

  async #giveUp(): Promise<void> {
    log(
      'error',
      `Each worker died more than ${GIVE_UP.deaths} times within a minute: the application cannot run.`,
    );
    await this.#stopAll();
    this.#ended.resolve(1);
  }

  #stop(signal: 'SIGINT' | 'SIGTERM'): void {
    if (this.#stopping) {
      for (const worker of [...this.#starting, ...this.#serving]) worker.process.kill('SIGKILL');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    log('info', STOPPING);
    void this.#stopAll().then((code) => this.#ended.resolve(code));
  }

  async #stopAll(): Promise<number> {
    this.#stopping = true;
    // They serve nobody yet, and may never do.
    for (const worker of this.#starting) worker.process.kill('SIGKILL');
    const codes = await Promise.all([...this.#serving].map((worker) => this.#leave(worker)));
    return Math.max(0, ...codes);
  }

  /** Tells a worker to leave, and waits until it has; its exit code. */
  async #leave(worker: Worker): Promise<number> {
    if (worker.isDead()) return worker.process.exitCode ?? 1;
    this.#leaving.add(worker);
    const left = new Promise<number>((resolve) =>
      worker.once('exit', (code) => resolve(code ?? 1)),
    );
    command(worker, { kind: 'leave' });
    const { grace = Infinity } = this.#options.serve;
    const late =
      grace === Infinity
        ? undefined
        : setTimeout(() => worker.process.kill('SIGKILL'), grace * 1000 + CLOSING);
    const code = await left;
    clearTimeout(late);
    return code;
  }
}
