/** Milliseconds that go by between starts and stops; those within each other count once. */
export class Stopwatch {
  #depth = 0;
  #since = 0;
  #total = 0;

  get running(): boolean {
    return this.#depth > 0;
  }
  get milliseconds(): number {
    return this.running ? this.#total + performance.now() - this.#since : this.#total;
  }

  start(): void {
    if (this.#depth === 0) this.#since = performance.now();
    this.#depth += 1;
  }

  stop(): void {
    this.#depth -= 1;
    if (this.#depth === 0) this.#total += performance.now() - this.#since;
  }
}
