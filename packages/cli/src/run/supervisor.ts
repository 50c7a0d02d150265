import cluster, { type Worker } from 'node:cluster';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dim, error, green, yellow } from '../terminal/style';
import { Pulse } from './pulse';
import type { ServeOptions } from './serve';
import type { Order, Word } from './worker';

/** Milliseconds before a worker that died is started again: more each time, until one has lived a while. */
const BACK_OFF = { first: 100, most: 5000 };
/** So many deaths in so many milliseconds mean that the application cannot run. */
const GIVE_UP = { deaths: 10, within: 60_000 };

export interface SupervisorOptions {
  readonly workers: number;
  readonly serve: ServeOptions;
  /** Milliseconds that workers have to end their requests. */
  readonly grace: number;
  /** Seconds that a worker may hold up its event loop; 0 for as long as it likes. */
  readonly blocked: number;
}

/** Keeps some workers running, and replaces them without losing a request. */
export class Supervisor {
  readonly #serving = new Set<Worker>();
  readonly #leaving = new Set<Worker>();
  readonly #deaths: number[] = [];
  readonly #ended = Promise.withResolvers<number>();
  #stopping = false;
  #reloading: Promise<void> | undefined;
  #pulse: Pulse | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  /** Starts the workers; resolves with the exit code when all have ended. */
  async run(): Promise<number> {
    cluster.setupPrimary({ exec: join(__dirname, 'worker.js'), serialization: 'advanced' });
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.#stop(name));
    process.on('SIGHUP', () => void this.reload());
    if (this.options.blocked > 0) this.#pulse = new Pulse(this.options.blocked, (worker) => this.#end(worker));
    // One alone first: what keeps it from starting would keep them all, and is said once.
    const others = (await this.#start()) ? Array.from({ length: this.options.workers - 1 }, () => this.#start()) : [Promise.resolve(false)];
    if ((await Promise.all(others)).includes(false)) {
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
    say(dim('reloading'));
    const old = [...this.#serving];
    for (const worker of old) {
      if (this.#stopping) return;
      if (!(await this.#start())) return void console.error(error('The new version does not start; the old one goes on.'));
      await this.#leave(worker);
    }
    say(green('reloaded'));
  }

  /** Starts a worker; whether it listens. */
  async #start(): Promise<boolean> {
    const worker = cluster.fork();
    const listens = new Promise<boolean>((resolve) => {
      worker.once('message', () => resolve(true));
      worker.once('exit', () => resolve(false));
    });
    worker.once('online', () => worker.send({ do: 'listen', options: this.options.serve } satisfies Order));
    if (!(await listens)) return false;
    this.#serving.add(worker);
    this.#pulse?.watch(worker);
    worker.on('message', (word: Word) => word === 'failing' && void this.#replace(worker));
    worker.once('exit', (code, signal) => void this.#lost(worker, signal ?? `code ${code}`));
    if (this.#stopping) void this.#leave(worker);
    return true;
  }

  async #lost(worker: Worker, how: string): Promise<void> {
    this.#serving.delete(worker);
    if (this.#leaving.delete(worker) || this.#stopping) return;
    console.error(yellow(`worker ${worker.process.pid} died (${how}); another takes its place`));
    await this.#startAnother();
  }

  /** A worker that failed answers what it has begun, while another takes its place. */
  async #replace(worker: Worker): Promise<void> {
    if (this.#leaving.has(worker) || this.#stopping) return;
    this.#leaving.add(worker);
    console.error(yellow(`worker ${worker.process.pid} failed; another takes its place`));
    await this.#startAnother();
    if (!this.#stopping) await this.#leave(worker);
  }

  #end(worker: Worker): void {
    console.error(yellow(`worker ${worker.process.pid} did nothing for ${this.options.blocked} s: something holds up its event loop`));
    worker.process.kill('SIGKILL');
  }

  async #startAnother(): Promise<void> {
    for (let wait = 0; !this.#stopping; wait = Math.min(BACK_OFF.most, Math.max(BACK_OFF.first, wait * 2))) {
      if (this.#diesTooOften()) return this.#giveUp();
      await delay(wait);
      if (this.#stopping || (await this.#start())) return;
    }
  }

  #diesTooOften(): boolean {
    const now = performance.now();
    this.#deaths.push(now);
    while (now - this.#deaths[0]! > GIVE_UP.within) this.#deaths.shift();
    return this.#deaths.length > GIVE_UP.deaths;
  }

  async #giveUp(): Promise<void> {
    console.error(error(`Workers died more than ${GIVE_UP.deaths} times within a minute: the application cannot run.`));
    await this.#stopAll();
    this.#ended.resolve(1);
  }

  #stop(signal: 'SIGINT' | 'SIGTERM'): void {
    if (this.#stopping) {
      for (const worker of this.#serving) worker.process.kill('SIGKILL');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    say(dim('stopping'));
    void this.#stopAll().then((code) => this.#ended.resolve(code));
  }

  async #stopAll(): Promise<number> {
    this.#stopping = true;
    const codes = await Promise.all([...this.#serving].map((worker) => this.#leave(worker)));
    return Math.max(0, ...codes);
  }

  /** Tells a worker to leave, and waits until it has; its exit code. */
  async #leave(worker: Worker): Promise<number> {
    this.#leaving.add(worker);
    const left = new Promise<number>((resolve) => worker.once('exit', (code) => resolve(code ?? 1)));
    if (worker.isConnected()) worker.send({ do: 'leave' } satisfies Order);
    const late = setTimeout(() => worker.process.kill('SIGKILL'), this.options.grace);
    const code = await left;
    clearTimeout(late);
    return code;
  }
}

function say(text: string): void {
  console.log(text);
}
