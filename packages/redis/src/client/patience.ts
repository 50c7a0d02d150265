import type { Command } from 'ioredis';

/** Looks in the time of a command. */
const LOOKS = 10;

const BEGAN = Symbol('began');
type Begun = Command & { [BEGAN]?: number };

/**
 * Gives up commands that have no answer after some milliseconds, a tenth more at most. A time in which the
 * event loop was held up counts as two tenths at most: the answer may be there, and nobody has looked.
 */
export class Patience {
  readonly #milliseconds: number;
  readonly #waiting: () => readonly Command[];
  /** Between two looks. */
  readonly #part: number;
  /** Milliseconds until the last look. */
  #passed = 0;
  #looked = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param waiting the commands that have no answer yet, the oldest first */
  constructor(milliseconds: number, waiting: () => readonly Command[]) {
    this.#milliseconds = milliseconds;
    this.#waiting = waiting;
    this.#part = milliseconds / LOOKS;
  }

  begin(command: Command): void {
    (command as Begun)[BEGAN] = this.#passed;
    if (this.#timer !== undefined) return;
    this.#looked = performance.now();
    // The connection keeps the process, where it has to be kept.
    this.#timer = setInterval(() => this.#next(), this.#part).unref();
  }

  #next(): void {
    if (this.#waiting().length === 0) {
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

  #giveUp(): void {
    for (const command of this.#waiting()) {
      const { [BEGAN]: began, isSettled } = command as Begun;
      if (began === undefined || isSettled) continue;
      // It began up to a part after that look.
      if (this.#passed - began < this.#milliseconds + this.#part) return;
      command.reject(new Error('Command timed out'));
    }
  }
}
