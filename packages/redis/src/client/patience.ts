import type { Command, Redis as Client } from 'ioredis';

/** Parts in which the time of a command is counted. */
const PARTS = 10;

const BEGAN = Symbol('began');
type Begun = Command & { [BEGAN]?: number };

/**
 * Gives up commands that have no answer after some milliseconds, a tenth more at most. A time in which the
 * event loop was held up counts as one part of it: the answer may be there, and nobody has looked.
 */
export class Patience {
  readonly #client: Client;
  readonly #milliseconds: number;
  #part = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Client, milliseconds: number) {
    this.#client = client;
    this.#milliseconds = milliseconds;
  }

  /** The client queues it, and takes it from its queue with the answer. */
  begin(command: Command): void {
    (command as Begun)[BEGAN] = this.#part;
    // The connection keeps the process, where it has to be kept.
    this.#timer ??= setInterval(() => this.#next(), this.#milliseconds / PARTS).unref();
  }

  #next(): void {
    if (this.#client.commandQueue.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    this.#part += 1;
    // What has arrived meanwhile is read before.
    setImmediate(() => this.#giveUp());
  }

  /** The oldest stand first. */
  #giveUp(): void {
    for (const { command } of this.#client.commandQueue.toArray()) {
      const { [BEGAN]: began, isSettled } = command as Begun;
      if (began === undefined || isSettled) continue;
      if (this.#part - began <= PARTS) return;
      command.reject(new Error('Command timed out'));
    }
  }
}
