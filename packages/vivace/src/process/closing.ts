type Close = () => unknown;

/**
 * What was opened, to be closed in the reverse order: all of it, also where one fails. It is `AsyncDisposableStack`,
 * which Node has since 24.
 *
 * @example
 * await using closing = new Closing();
 * const pool = closing.adopt(new Pool(), (one) => one.end());
 * await pool.query('select 1');
 * return new Work(pool, closing.move());
 */
export class Closing implements AsyncDisposable {
  #closes: Close[] = [];

  /** Closes a value as `await using` would; gives it back. */
  use<T extends AsyncDisposable | Disposable>(value: T): T {
    this.#closes.push(() =>
      Symbol.asyncDispose in value ? value[Symbol.asyncDispose]() : value[Symbol.dispose](),
    );
    return value;
  }

  /** Closes a value by a function; gives it back. */
  adopt<T>(value: T, close: (value: T) => unknown): T {
    this.#closes.push(() => close(value));
    return value;
  }

  /** Has something done among what is closed. */
  defer(close: Close): void {
    this.#closes.push(close);
  }

  /** From now on the one that it gives closes all, and this one nothing. */
  move(): Closing {
    const moved = new Closing();
    moved.#closes = this.#closes;
    this.#closes = [];
    return moved;
  }

  /** Closes all, once. What fails is thrown when everything has been closed; several as an `AggregateError`. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closes = this.#closes.toReversed();
    this.#closes = [];
    const errors: unknown[] = [];
    for (const close of closes) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 1) throw new AggregateError(errors, 'Several could not be closed.');
    if (errors.length === 1) throw errors[0];
  }
}
