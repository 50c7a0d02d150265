/** Milliseconds between a death and the next start: none at first, then twice as many each time. */
const FIRST = 100;
const MOST = 5000;
/** The same where no worker is left: then clients wait for it. */
const MOST_ALONE = 1000;
/** Milliseconds for which a death counts. */
const MEMORY = 60_000;

/** Slows down the restarts of workers that die again and again. It never gives up: what killed them may pass. */
export class Restarts {
  readonly #deaths: number[] = [];
  readonly #workers: number;

  constructor(workers: number) {
    this.#workers = workers;
  }

  /**
   * Counts a death.
   *
   * @param isServed whether another worker serves
   * @returns milliseconds to wait before the next start
   */
  delayAfterDeath(isServed: boolean, now = performance.now()): number {
    this.#deaths.push(now);
    while (now - (this.#deaths[0] ?? now) > MEMORY) this.#deaths.shift();
    // How often each worker has died lately, on average.
    const deaths = this.#deaths.length / this.#workers;
    if (deaths <= 1) return 0;
    return Math.min(isServed ? MOST : MOST_ALONE, FIRST * 2 ** Math.floor(deaths - 1));
  }
}
