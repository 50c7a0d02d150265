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

  reveal(): T {
    return this.#value;
  }

  /** Always `**********`. */
  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return `Secret(${MASK})`;
  }
}
