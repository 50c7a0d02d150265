/**
 * The name of a method that a value yielded by a generator may have: `[settle](): Promise<void>`. It is awaited after the handler and
 * before its answer is written, that of the last opened first; what it throws is the handler's error.
 *
 * @example
 * class Session {
 *   async [settle]() {
 *     await this.flush(); // ids that the database gives are in the answer
 *   }
 * }
 */
export const settle: unique symbol = Symbol.for('vivace.settle');

/**
 * The name of a method that a value yielded by a generator may have: `[succeeded](): void | Promise<void>`. It is awaited when all
 * generators have closed without an error, before the answer is sent, and never after one; what it throws is logged.
 *
 * @example
 * class Session {
 *   [succeeded]() {
 *     this.wakeRelay(); // whatever was opened first, all is committed
 *   }
 * }
 */
export const succeeded: unique symbol = Symbol.for('vivace.succeeded');

/** A value that has something to do before the answer. */
export interface Settling {
  [settle](): unknown;
}

/** A value that has something to do when all has gone well. */
export interface Succeeding {
  [succeeded](): unknown;
}

export function isSettling(value: unknown): value is Settling {
  return typeof value === 'object' && value !== null && settle in value;
}

export function isSucceeding(value: unknown): value is Succeeding {
  return typeof value === 'object' && value !== null && succeeded in value;
}
