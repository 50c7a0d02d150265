/** Runs outside HTTP that go on: a server waits for them before it closes what they use. */
export class Runs {
  readonly #running = new Set<Promise<unknown>>();

  track<T>(run: Promise<T>): Promise<T> {
    this.#running.add(run);
    const forget = (): void => void this.#running.delete(run);
    run.then(forget, forget);
    return run;
  }

  /** Waits until nothing goes on. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }
}
