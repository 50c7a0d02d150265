/** Failures in a row after which nobody waits any more. */
const FAILURES = 5;
/** Milliseconds until one command tries again. */
const PAUSE = 1000;

/** Keeps a dead server from costing each request the time of a command. */
export class Circuit {
  #failures = 0;
  /** Milliseconds of this process. */
  #closedUntil = 0;

  /** Whether a command may be sent; where nothing was answered, one each second. */
  lets(): boolean {
    if (this.#failures < FAILURES) return true;
    const now = performance.now();
    if (now < this.#closedUntil) return false;
    this.#closedUntil = now + PAUSE;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#failures === FAILURES) this.#closedUntil = performance.now() + PAUSE;
  }
}
