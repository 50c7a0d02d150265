import type { Writable } from 'node:stream';
import type { Redis as Client } from 'ioredis';

/**
 * Commands that leave in one packet: those of one turn of the event loop, and while others have no
 * answer yet, those that come meanwhile. ioredis takes it for a pipeline.
 */
export class Batch {
  readonly isPipeline = true;
  readonly destination: { readonly redis: Client };
  #stream: Writable | undefined;
  #text = '';
  /** How many commands wait here, of those that the client has in its queue. */
  #waiting = 0;

  constructor(redis: Client) {
    this.destination = { redis };
  }

  /** @param stream the connection as it is now: what was meant for another one is not sent on it */
  on(stream: Writable): this {
    if (this.#stream !== stream) {
      this.#text = '';
      this.#waiting = 0;
    }
    this.#stream = stream;
    return this;
  }

  /** A command is over: those that came meanwhile leave with the last answer. */
  settled(): void {
    if (this.#text !== '' && this.#unanswered === 0) this.flush();
  }

  /** Called by ioredis, which queues the command afterwards. */
  write(data: string | Buffer): boolean {
    if (typeof data !== 'string') {
      this.flush();
      return this.#stream?.write(data) === true;
    }
    if (this.#text === '' && this.#unanswered === 0) setImmediate(() => this.flush());
    this.#text += data;
    this.#waiting += 1;
    return true;
  }

  /** Writes what waits: also before what does not go through here, since answers come in the order of the commands. */
  flush(): void {
    const text = this.#text;
    this.#text = '';
    this.#waiting = 0;
    if (text !== '' && this.#stream?.writable === true) this.#stream.write(text);
  }

  /** Commands that were written to the connection and have no answer. */
  get #unanswered(): number {
    return this.destination.redis.commandQueue.length - this.#waiting;
  }
}
