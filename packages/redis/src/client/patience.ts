import type { Command, Redis as Client } from 'ioredis';

/** Looks in the time of a command. */
const LOOKS = 10;

const BEGAN = Symbol('began');
type Begun = Command & { [BEGAN]?: number };

/**
 * Gives up commands that have no answer after some milliseconds, a tenth more at most. A time in which the
 * event loop was held up counts as two tenths at most: the answer may be there, and nobody has looked.
 */
export class Patience {
  readonly #client: Client;
  readonly #milliseconds: number;
  /** Between two looks. */
  readonly #part: number;
  /** Milliseconds until the last look. */
  #passed = 0;
  #looked = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Client, milliseconds: number) {
    this.#client = client;
    this.#milliseconds = milliseconds;
    this.#part = milliseconds / LOOKS;
  }

  /** The client queues it, and takes it from its queue with the answer. */
  begin(command: Command): void {
    (command as Begun)[BEGAN] = this.#passed;
    if (this.#timer !== undefined) return;
    this.#looked = performance.now();
    // The connection keeps the process, where it has to be kept.
    this.#timer = setInterval(() => this.#next(), this.#part).unref();
  }

  #next(): void {
    if (this.#client.commandQueue.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    this.#passed += Math.min(now - this.#looked, 2 * this.#part);
    this.#looked = now;
    // What has arrived meanwhile is read before.
    setImmediate(() => this.#giveUp());
  }

  /** The oldest stand first. */
  #giveUp(): void {
    for (const { command } of this.#client.commandQueue.toArray()) {
      const { [BEGAN]: began, isSettled } = command as Begun;
      if (began === undefined || isSettled) continue;
      // It began up to a part after that look.
      if (this.#passed - began < this.#milliseconds + this.#part) return;
      command.reject(new Error('Command timed out'));
    }
  }
}
