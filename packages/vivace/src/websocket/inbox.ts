/** A message as it arrived: text, or binary. */
export type Message = string | Uint8Array;

/** How many messages wait for the program before the connection is no longer read. */
const FULL = 16;

/** Somebody who waits for a message, and who comes after. */
interface Taker {
  readonly give: (message: Message) => void;
  readonly end: (error: Error) => void;
  next: Taker | undefined;
}

/**
 * The messages of a WebSocket that nobody has taken yet.
 *
 * WebSockets are many, and most of them wait for a message: an array takes more memory than all
 * else here, so that there is none until a message waits.
 */
export class Inbox {
  #waiting: Message[] | undefined;
  #taker: Taker | undefined;
  #end: Error | undefined;

  readonly #flow: { pause(): void; resume(): void };

  constructor(flow: { pause(): void; resume(): void }) {
    this.#flow = flow;
  }

  add(message: Message): void {
    if (this.#end !== undefined) return;
    const taker = this.#taker;
    if (taker !== undefined) {
      this.#taker = taker.next;
      return taker.give(message);
    }
    this.#waiting ??= [];
    if (this.#waiting.push(message) === FULL) this.#flow.pause();
  }

  /** @throws the error that the connection ended with, once all messages are taken */
  take(): Promise<Message> {
    const message = this.#waiting?.shift();
    if (message !== undefined) {
      if (this.#waiting?.length === FULL - 1) this.#flow.resume();
      if (this.#waiting?.length === 0) this.#waiting = undefined;
      return Promise.resolve(message);
    }
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((give, end) => this.#wait({ give, end, next: undefined }));
  }

  end(error: Error): void {
    this.#end ??= error;
    for (let taker = this.#taker; taker !== undefined; taker = taker.next) taker.end(error);
    this.#taker = undefined;
  }

  #wait(taker: Taker): void {
    if (this.#taker === undefined) {
      this.#taker = taker;
      return;
    }
    let last = this.#taker;
    while (last.next !== undefined) last = last.next;
    last.next = taker;
  }
}
