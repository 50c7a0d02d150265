import type { HttpSettings } from './options';

/** Tells how a try ended; undefined where that says nothing of the service, as its caller gave up. */
export type Ended = (failed: boolean | undefined) => void;

/** Tries that ended at about the same time. */
interface Slot {
  readonly number: number;
  tries: number;
  failures: number;
}

/** How many slots a window has: what is older than it is forgotten in such steps. */
const SLOTS = 10;

/**
 * Leaves a service alone that fails too often: it is open for a while, then one try tells whether it
 * stays so.
 */
export class Circuit {
  readonly #options: NonNullable<HttpSettings['circuit']>;
  #slots: Slot[] = [];
  /** When it may be tried again; undefined while it is closed. */
  #closesAt: number | undefined;
  #isTried = false;

  constructor(options: NonNullable<HttpSettings['circuit']>) {
    this.#options = options;
  }

  /** Begins a try, or says how many milliseconds there should be none. */
  begin(): Ended | number {
    if (this.#closesAt === undefined) return (failed) => this.#count(failed);
    const left = this.#closesAt - performance.now();
    if (left > 0) return left;
    // One tries it, the others wait for what it finds.
    if (this.#isTried) return this.#options.pause;
    this.#isTried = true;
    return (failed) => this.#decide(failed);
  }

  #decide(failed: boolean | undefined): void {
    this.#isTried = false;
    if (failed === undefined) return;
    this.#closesAt = failed ? this.#later() : undefined;
  }

  #count(failed: boolean | undefined): void {
    // What began before it opened has nothing more to say.
    if (failed === undefined || this.#closesAt !== undefined) return;
    const number = Math.floor(performance.now() / (this.#options.window / SLOTS));
    let slot = this.#slots.at(-1);
    if (slot?.number !== number) {
      slot = { number, tries: 0, failures: 0 };
      this.#slots = [...this.#slots.filter((one) => one.number > number - SLOTS), slot];
    }
    slot.tries += 1;
    if (!failed) return;
    slot.failures += 1;
    const tries = this.#slots.reduce((sum, one) => sum + one.tries, 0);
    const failures = this.#slots.reduce((sum, one) => sum + one.failures, 0);
    if (tries < this.#options.tries || failures / tries < this.#options.failures) return;
    this.#slots = [];
    this.#closesAt = this.#later();
  }

  #later(): number {
    return performance.now() + this.#options.pause;
  }
}
