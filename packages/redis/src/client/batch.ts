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
  /** Commands that were written to the connection and have no answer. */
  #sent = new Set<object>();
  /** Commands that wait here. */
  #waiting = new Set<object>();

  constructor(redis: Client) {
    this.destination = { redis };
  }

  /** @param stream the connection as it is now: what was meant for another one is not sent on it */
  add(command: object, stream: Writable): this {
    if (this.#stream !== stream) {
      this.#text = '';
      this.#sent.clear();
      this.#waiting.clear();
    }
    this.#stream = stream;
    this.#waiting.add(command);
    return this;
  }

  /** A command has its answer, or none will come. */
  settled(command: object): void {
    this.#waiting.delete(command);
    if (this.#sent.delete(command) && this.#sent.size === 0) this.flush();
  }

  /** Called by ioredis. */
  write(data: string | Buffer): boolean {
    if (typeof data !== 'string') {
      this.flush();
      return this.#stream?.write(data) === true;
    }
    if (this.#text === '' && this.#sent.size === 0) setImmediate(() => this.flush());
    this.#text += data;
    return true;
  }

  /** Writes what waits: also before what does not go through here, since answers come in the order of the commands. */
  flush(): void {
    for (const command of this.#waiting) this.#sent.add(command);
    this.#waiting.clear();
    const text = this.#text;
    this.#text = '';
    if (text !== '' && this.#stream?.writable === true) this.#stream.write(text);
  }
}
