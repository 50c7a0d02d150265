import { isHolding, isSettling, settle, type Holding, type Settling } from '../declare/settling';

/** What generators have yielded that has something to do before the body, or between the handler and its answer. */
export class Settlement {
  readonly #waiting: Settling[] = [];
  readonly #holding: Holding[] = [];

  get isDue(): boolean {
    return this.#waiting.length > 0;
  }

  note(value: unknown): void {
    if (isSettling(value)) this.#waiting.push(value);
    if (isHolding(value)) this.#holding.push(value);
  }

  /** Whether something was opened that a body should not wait with. */
  get isHolding(): boolean {
    return this.#holding.length > 0;
  }

  /** What was opened since the last call, the last opened first. */
  takeHolding(): readonly Holding[] {
    return this.#holding.splice(0).toReversed();
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

  /** There will be no answer to settle for, and no body to wait for. */
  drop(): void {
    this.#waiting.length = 0;
    this.#holding.length = 0;
  }
}
