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
 * generators have closed, before the answer is sent, if its own did so without an error; what it throws is logged.
 *
 * @example
 * class Session {
 *   [succeeded]() {
 *     this.wakeRelay(); // whatever was opened first, all is committed
 *   }
 * }
 */
export const succeeded: unique symbol = Symbol.for('vivace.succeeded');

/**
 * The name of a method that a value yielded by a generator may have: `[beforeBody](): Promise<void>`. It is awaited once guards have
 * agreed and before the body is read, which may take as long as its client likes: who holds something scarce gives it back. What it
 * throws is answered as what a guard throws. A value that has succeeded so far is told by `[succeeded]`, then and at the end.
 *
 * @example
 * class Session {
 *   async [beforeBody]() {
 *     await this.commit(); // the connection goes back to the pool
 *   }
 * }
 */
export const beforeBody: unique symbol = Symbol.for('vivace.beforeBody');

/** A value that has something to do before the answer. */
export interface Settling {
  [settle](): unknown;
}

/** A value that has something to do before a body. */
export interface Holding {
  [beforeBody](): unknown;
}

/** A value that has something to do when all has gone well. */
export interface Succeeding {
  [succeeded](): unknown;
}

export function isSettling(value: unknown): value is Settling {
  return has(value, settle);
}

export function isHolding(value: unknown): value is Holding {
  return has(value, beforeBody);
}

export function isSucceeding<T>(value: T): value is T & Succeeding {
  return has(value, succeeded);
}

function has(value: unknown, method: symbol): boolean {
  return typeof value === 'object' && value !== null && method in value;
}
