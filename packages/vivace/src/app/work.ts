import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Host, Work } from '../declare/work';

/** Milliseconds before work that died is started anew: the first time, and at most. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 3000;
/** Milliseconds between two lines about work that dies again and again. */
const QUIET_TIME = 30_000;

export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What the work of an extension is made of. */
export interface WorkParts {
  readonly extension: string;
  readonly begin: (host: Host) => Promise<Work>;
  readonly host: Pick<Host, 'entries' | 'get' | 'run'>;
  readonly log: FastifyBaseLogger;
  readonly pause?: Pause;
}

/** The work of one extension: started anew when it dies, and stopped once. */
export class ExtensionWork {
  readonly extension: string;
  #up = false;
  /** What the work itself says. */
  #ready = true;
  #begun: Promise<Work> | undefined;
  #supervised: Promise<void> | undefined;
  #byHand = true;
  readonly #ending = new AbortController();
  readonly #parts: WorkParts;
  readonly #log: FastifyBaseLogger;

  constructor(parts: WorkParts) {
    this.extension = parts.extension;
    this.#parts = parts;
    this.#log = parts.log.child({ extension: parts.extension });
  }

  /** Whether it runs by itself, and whether it is ready. */
  get state(): 'idle' | 'ready' | 'down' {
    if (this.#supervised === undefined) return 'idle';
    return this.#up && this.#ready ? 'ready' : 'down';
  }

  /** Starts it, and again whenever it dies. */
  start(): void {
    this.#byHand = false;
    this.#supervised ??= this.#supervise();
  }

  /** The work that runs; where none does by itself, it begins with who asks first. */
  running(): Promise<Work> {
    return (this.#begun ??= this.#begin());
  }

  /** Settles when what was begun is finished; an error is that of the work. */
  async stop(milliseconds: number): Promise<void> {
    this.#ending.abort();
    const begun = this.#begun?.catch(() => undefined);
    await this.#supervised;
    await (await begun)?.stop(milliseconds);
  }

  async #begin(): Promise<Work> {
    this.#ready = true;
    const work = await this.#parts.begin({
      ...this.#parts.host,
      log: this.#log,
      byHand: this.#byHand,
      signal: this.#ending.signal,
      ready: (ready) => (this.#ready = ready),
    });
    return stoppedOnce(work);
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#ending;
    const { pause = sleep } = this.#parts;
    let quietUntil = 0;
    for (let wait = FIRST_PAUSE; !signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
      const death = await this.#live();
      if (signal.aborted) return;
      this.#up = false;
      this.#begun = undefined;
      if (death.age > LONGEST_PAUSE) wait = FIRST_PAUSE;
      const now = performance.now();
      if (wait === FIRST_PAUSE || now > quietUntil) {
        quietUntil = now + QUIET_TIME;
        this.#log.error(
          { err: death.error },
          `The work of the extension '${this.extension}' has ended; it begins anew in ${wait / 1000} s`,
        );
      }
      await pause(wait, signal);
    }
  }

  /** Until it dies, or should end. */
  async #live(): Promise<{ readonly error: unknown; readonly age: number }> {
    const begun = performance.now();
    const age = (): number => performance.now() - begun;
    try {
      const { ended } = await this.running();
      this.#up = true;
      const end = aborted(this.#ending.signal);
      return { error: await (ended === undefined ? end : Promise.race([ended, end])), age: age() };
    } catch (error) {
      return { error, age: age() };
    }
  }
}

const sleep: Pause = (milliseconds, signal) =>
  delay(milliseconds, undefined, { signal }).catch(() => {});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Who stops it and the server that closes may be two. */
function stoppedOnce(work: Work): Work {
  let stopped: Promise<void> | undefined;
  return {
    idle: () => work.idle(),
    stop: (milliseconds) => (stopped ??= work.stop(milliseconds)),
    ...(work.ended !== undefined && { ended: work.ended }),
  };
}
