import { Injectable } from 'vivace';
import { AfterCommit } from 'vivace/extend';
import { Locks, type Lock } from './locks';

/** The locks of a server. */
export abstract class ServerLocks extends Locks {}

type Options = Parameters<Locks['acquire']>[1];

/**
 * The locks as a request sees them: with a transaction, one that is given back is free at its end, so
 * that the next holder sees what this one has written.
 */
@Injectable()
export class RequestLocks extends Locks {
  readonly #locks: Locks;
  readonly #transaction: AfterCommit | undefined;
  /** Given back, and not free yet. */
  readonly #kept = new Map<string, KeptLock>();

  constructor(locks: ServerLocks, transaction?: AfterCommit) {
    super();
    this.#locks = locks;
    this.#transaction = transaction;
  }

  override async acquire(name: string, options: Options): Promise<Lock> {
    const transaction = this.#transaction;
    if (transaction?.isInTransaction() !== true) return this.#locks.acquire(name, options);
    return (
      (await this.#again(name, options)) ??
      new KeptLock(await this.#locks.acquire(name, options), (lock) => {
        if (!transaction.isPending()) return false;
        this.#kept.set(name, lock);
        transaction.afterEnd(() => this.#free(name, lock));
        return true;
      })
    );
  }

  /** Nobody waits for a lock that the same transaction has. */
  async #again(name: string, { seconds }: Options): Promise<Lock | undefined> {
    const lock = this.#kept.get(name);
    this.#kept.delete(name);
    if (lock === undefined || lock.signal.aborted) return undefined;
    await lock.extend(seconds);
    return lock;
  }

  async #free(name: string, lock: KeptLock): Promise<void> {
    if (this.#kept.get(name) !== lock) return;
    this.#kept.delete(name);
    await lock.free();
  }
}

/** A lock whose end may have to wait. */
class KeptLock implements Lock {
  readonly #lock: Lock;
  readonly #isKept: (lock: KeptLock) => boolean;

  /** @param isKept asked when it is given back: whether it is freed later */
  constructor(lock: Lock, isKept: (lock: KeptLock) => boolean) {
    this.#lock = lock;
    this.#isKept = isKept;
  }

  get token(): number {
    return this.#lock.token;
  }
  get signal(): AbortSignal {
    return this.#lock.signal;
  }
  extend(seconds: number): Promise<void> {
    return this.#lock.extend(seconds);
  }
  async free(): Promise<void> {
    await this.#lock[Symbol.asyncDispose]();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isKept(this)) await this.free();
  }
}
