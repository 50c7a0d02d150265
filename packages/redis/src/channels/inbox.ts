import type { FastifyBaseLogger } from 'fastify';
import { jsonable } from 'vivace';
import { checkRoundTrip, shapeOf, type Class } from 'vivace/extend';
import type { Heard, Subscription } from './channels';

/** Messages that wait for a slow loop. */
const WAITING = 1000;

/** The text of a message. */
export function messageText(message: object): string {
  return JSON.stringify(jsonable(message));
}

/** How an inbox is filled. */
export interface Source {
  /** Begins to give it texts. @throws RedisDown where nobody has acknowledged in time */
  open(hear: (text: string) => void): Promise<void>;
  close(): void;
}

/** The messages of one listener that were not read yet. */
export class Inbox<T extends object> implements Subscription<T> {
  readonly #type: Class<T>;
  readonly #source: Source;
  readonly #log: () => FastifyBaseLogger | undefined;
  readonly #opened: Promise<void>;
  readonly #messages: T[] = [];
  #arrived: (() => void) | undefined;
  #ended = false;
  #dropped = 0;

  constructor(
    type: Class<T>,
    source: Source,
    log: () => FastifyBaseLogger | undefined,
    signal: AbortSignal | undefined,
  ) {
    checkRoundTrip(type);
    this.#type = type;
    this.#source = source;
    this.#log = log;
    if (signal?.aborted === true) this.#ended = true;
    signal?.addEventListener('abort', () => this.#end(), { once: true });
    this.#opened = this.#ended ? Promise.resolve() : source.open((text) => this.#hear(text));
    // Whoever does not wait for it hears when Redis is back.
    this.#opened.catch(() => undefined);
  }

  get dropped(): number {
    return this.#dropped;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- awaited, it is acknowledged
  then<R = Heard<T>, E = never>(
    done?: ((heard: Heard<T>) => R | PromiseLike<R>) | null,
    failed?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.#opened
      .then(
        () => new Acknowledged(this),
        (error: unknown) => {
          this.#end();
          throw error;
        },
      )
      .then(done, failed);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        const message = this.#messages.shift();
        if (message !== undefined) yield message;
        else if (this.#ended) return;
        else await new Promise<void>((resolve) => (this.#arrived = resolve));
      }
    } finally {
      this.#end();
    }
  }

  #hear(text: string): void {
    try {
      this.#messages.push(shapeOf(this.#type).read(text) as T);
    } catch (error) {
      // Also what a `@Transform` of the program throws: neither who publishes nor the connection can help it.
      this.#log()?.warn({ err: error }, `A message does not fit ${this.#type.name}`);
      return;
    }
    if (this.#messages.length > WAITING) {
      this.#messages.shift();
      this.#dropped += 1;
    }
    this.#arrived?.();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#source.close();
    this.#arrived?.();
  }
}

/** The same without a promise to wait for, or `await` would never end. */
class Acknowledged<T extends object> implements Heard<T> {
  readonly #inbox: Inbox<T>;

  constructor(inbox: Inbox<T>) {
    this.#inbox = inbox;
  }
  get dropped(): number {
    return this.#inbox.dropped;
  }
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this.#inbox[Symbol.asyncIterator]();
  }
}
