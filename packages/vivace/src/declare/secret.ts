import { inspect } from 'node:util';

const MASK = '**********';

/**
 * A value that no log, document or error shows.
 *
 * @example
 * class Login { username!: string; password!: Secret }
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. */
  reveal(): T {
    return this.#value;
  }

  /** Always `**********`. */
  toString(): string {
    return MASK;
  }

  /** Always `**********`. */
  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return `Secret(${MASK})`;
  }
}
