import { isSettling, settle, type Settling } from '../declare/settling';

/** What generators have yielded that has something to do between the handler and its answer. */
export class Settlement {
  readonly #waiting: Settling[] = [];

  get isDue(): boolean {
    return this.#waiting.length > 0;
  }

  note(value: unknown): void {
    if (isSettling(value)) this.#waiting.push(value);
  }

  /** Settles each value once, the last opened first; where one fails, those before it are left alone. */
  async settle(): Promise<void> {
    for (let value = this.#waiting.pop(); value !== undefined; value = this.#waiting.pop()) {
      try {
        await value[settle]();
      } catch (error) {
        this.drop();
        throw error;
      }
    }
  }

  /** There will be no answer to settle for. */
  drop(): void {
    this.#waiting.length = 0;
  }
}
