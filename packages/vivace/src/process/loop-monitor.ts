import type { FastifyBaseLogger } from 'fastify';

/** Milliseconds between two looks. */
const LOOK = 20;

/** Notices when something holds up all requests, and names the operations that may have done it. */
export class LoopMonitor {
  readonly #begun = new Set<string>();
  #looked = performance.now();
  readonly #timer: NodeJS.Timeout;

  readonly #limit: number;
  readonly #log: Pick<FastifyBaseLogger, 'warn'>;
  readonly #running: () => Iterable<string>;

  /**
   * @param limit milliseconds
   * @param running names of the operations that are being waited for
   */
  constructor(
    limit: number,
    log: Pick<FastifyBaseLogger, 'warn'>,
    running: () => Iterable<string>,
  ) {
    this.#limit = limit;
    this.#log = log;
    this.#running = running;

    this.#timer = setInterval(() => this.#look(), LOOK).unref();
  }

  /** An operation begins. */
  begin(operation: string): void {
    this.#begun.add(operation);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    const blocked = now - this.#looked - LOOK;
    if (blocked > this.#limit) this.#warn(Math.round(blocked));
    this.#begun.clear();
    this.#looked = now;
  }

  #warn(blocked: number): void {
    const operations = [...new Set([...this.#begun, ...this.#running()])];
    // Without an operation it was the program itself, that loaded something.
    if (operations.length === 0) return;
    this.#log.warn(
      { blocked, operations },
      `Nothing else could run for ${blocked} ms: offload() the work of one of these operations, or use its asynchronous form`,
    );
  }
}
