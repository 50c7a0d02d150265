/** A message as it arrived: text, or binary. */
export type Message = string | Uint8Array;

/** How many messages wait for the program before the connection is no longer read. */
const FULL = 16;

/** The messages of a WebSocket that nobody has taken yet. */
export class Inbox {
  readonly #waiting: Message[] = [];
  readonly #takers: {
    readonly give: (message: Message) => void;
    readonly end: (error: Error) => void;
  }[] = [];
  #end: Error | undefined;

  readonly #flow: { pause(): void; resume(): void };

  constructor(flow: { pause(): void; resume(): void }) {
    this.#flow = flow;
  }

  add(message: Message): void {
    if (this.#end !== undefined) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) return taker.give(message);
    this.#waiting.push(message);
    if (this.#waiting.length === FULL) this.#flow.pause();
  }

  /** @throws the error that the connection ended with, once all messages are taken */
  take(): Promise<Message> {
    const message = this.#waiting.shift();
    if (message !== undefined) {
      if (this.#waiting.length === FULL - 1) this.#flow.resume();
      return Promise.resolve(message);
    }
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((give, end) => this.#takers.push({ give, end }));
  }

  end(error: Error): void {
    this.#end ??= error;
    for (const { end } of this.#takers.splice(0)) end(error);
  }
}
