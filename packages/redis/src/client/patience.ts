/** What may be given up. */
interface Waiting {
  reject(error: Error): void;
}

/** Parts in which the time of a command is counted. */
const PARTS = 10;

/**
 * Gives up commands that have no answer after some milliseconds, a tenth more at most. A time in which the
 * event loop was held up counts as one part of it: the answer may be there, and nobody has looked.
 */
export class Patience {
  readonly #milliseconds: number;
  /** The part in which each began, the oldest first. */
  readonly #waiting = new Map<Waiting, number>();
  #part = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  begin(command: Waiting): void {
    this.#waiting.set(command, this.#part);
    // The connection keeps the process, where it has to be kept.
    this.#timer ??= setInterval(() => this.#next(), this.#milliseconds / PARTS).unref();
  }

  end(command: Waiting): void {
    this.#waiting.delete(command);
  }

  #next(): void {
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    this.#part += 1;
    // What has arrived meanwhile is read before.
    setImmediate(() => {
      for (const [command, began] of this.#waiting) {
        if (this.#part - began <= PARTS) return;
        command.reject(new Error('Command timed out'));
      }
    });
  }
}
