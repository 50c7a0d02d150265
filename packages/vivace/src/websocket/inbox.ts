/** A message as it arrived: text, or binary. */
export type Message = string | Uint8Array;

/** How many messages wait for the program before the connection is no longer read. */
const FULL = 16;

/** What becomes of a message that somebody takes, and of the end in its place; either may throw. */
export interface Reader<T> {
  read(message: Message): T;
  end(error: Error): T;
}

/** Who wants messages as they arrive. */
export const AS_IT_IS = {
  read: (message: Message): Message => message,
  end: (error: Error): never => {
    throw error;
  },
};

/** Somebody who waits for a message, and who comes after. */
interface Taker {
  readonly reader: Reader<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
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
      return settle(taker, message, undefined);
    }
    this.#waiting ??= [];
    if (this.#waiting.push(message) === FULL) this.#flow.pause();
  }

  /**
   * The next message as a reader gives it, or its word for the end once all messages are taken.
   *
   * Who waits has this one promise: what is chained to it would be kept for each of many connections.
   */
  take<T>(reader: Reader<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const taker = { reader, resolve, reject, next: undefined } as Taker;
      const message = this.#shift();
      if (message !== undefined || this.#end !== undefined) settle(taker, message, this.#end);
      else this.#wait(taker);
    });
  }

  end(error: Error): void {
    this.#end ??= error;
    const first = this.#taker;
    this.#taker = undefined;
    for (let taker = first; taker !== undefined; taker = taker.next)
      settle(taker, undefined, error);
  }

  #shift(): Message | undefined {
    const message = this.#waiting?.shift();
    if (message === undefined) return undefined;
    if (this.#waiting?.length === FULL - 1) this.#flow.resume();
    if (this.#waiting?.length === 0) this.#waiting = undefined;
    return message;
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

function settle(
  { reader, resolve, reject }: Taker,
  message: Message | undefined,
  end: Error | undefined,
): void {
  try {
    resolve(message === undefined ? reader.end(end!) : reader.read(message));
  } catch (error) {
    reject(error);
  }
}
