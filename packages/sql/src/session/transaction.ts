import { AsyncLocalStorage } from 'node:async_hooks';

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /** How many times it is run again after a serialisation failure or a deadlock. */
  readonly retries?: number;
}

/** What runs again needs of a session. */
export interface Repeatable {
  /** Writes what was changed so far, and says whether it could be done again. */
  isRepeatable(): Promise<boolean>;
  /** Writes and keeps what was done. */
  keep(): Promise<void>;
  /** Takes it back and forgets it. */
  restart(): Promise<void>;
}

const known = new WeakMap<object, Map<string, TransactionOptions>>();

/** The session of the operation that runs. */
export const current = new AsyncLocalStorage<Repeatable>();

/**
 * The transaction of one operation, job or consumer.
 *
 * @param options.isolation what it sees of others that run at the same time
 * @param options.readOnly PostgreSQL refuses writes
 * @param options.retries runs it again after a serialisation failure or a deadlock, so what it does
 *   elsewhere has to bear that; not where a guard or a dependency has written before it, which would be lost
 * @example
 * @Transaction({ isolation: 'serializable', retries: 3 })
 * @Post('/transfer')
 * transfer(order: Transfer): Promise<Balances> { … }
 */
export function Transaction(options: TransactionOptions): MethodDecorator {
  return (target: object, key: string | symbol, descriptor: PropertyDescriptor): void => {
    const ofClass = known.get(target) ?? new Map<string, TransactionOptions>();
    known.set(target, ofClass.set(String(key), options));
    const method: unknown = descriptor.value;
    if (options.retries === undefined || typeof method !== 'function') return;
    const again = repeating(method, options.retries);
    // What others know of the method, they know of this one.
    Object.defineProperties(again, Object.getOwnPropertyDescriptors(method));
    descriptor.value = again;
  };
}

/** What `@Transaction` says of a method, also of a class that is extended. */
export function transactionOf(type: Function, method: string): TransactionOptions | undefined {
  for (
    let at = type.prototype as object | null;
    at !== null;
    at = Object.getPrototypeOf(at) as object
  ) {
    const options = known.get(at)?.get(method);
    if (options !== undefined) return options;
  }
  return undefined;
}

function repeating(method: Function, retries: number): Function {
  return async function (this: unknown, ...given: unknown[]): Promise<unknown> {
    const session = current.getStore();
    const canRepeat = (await session?.isRepeatable()) === true;
    for (let left = retries; ; left -= 1) {
      try {
        const result: unknown = await method.apply(this, given);
        await session?.keep();
        return result;
      } catch (error) {
        if (!canRepeat || left <= 0 || !isConflict(error)) throw error;
        await session!.restart();
      }
    }
  };
}

/** A serialisation failure or a deadlock. */
function isConflict(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && CONFLICTS.has(at.code)) return true;
  return false;
}
const CONFLICTS: ReadonlySet<unknown> = new Set(['40001', '40P01']);
