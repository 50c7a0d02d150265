import { milliseconds } from '../seconds';
import { HeldLock } from './held-lock';
import { Locks, type Lock } from './locks';
import { untilTaken } from './waiting';

/** Locks in the memory of the process. */
export class MemoryLocks extends Locks {
  readonly #holders = new Map<string, HeldLock>();
  #last = 0;

  override acquire(
    name: string,
    { seconds, wait = 0 }: { readonly seconds: number; readonly wait?: number },
  ): Promise<Lock> {
    return untilTaken(name, wait, async () => this.#take(name, seconds));
  }

  #take(name: string, seconds: number): HeldLock | undefined {
    const time = milliseconds('seconds', seconds);
    if (this.#holders.has(name)) return undefined;
    // As in Redis, so that what was written with a number is not in the way after a restart.
    this.#last = Math.max(this.#last + 1, Date.now() * 1000);
    const free = (): void => {
      if (this.#holders.get(name) === lock) this.#holders.delete(name);
    };
    const lock = new HeldLock(
      {
        name,
        token: this.#last,
        extend: async () => this.#holders.get(name) === lock,
        release: async () => undefined,
        over: free,
      },
      performance.now(),
      time,
    );
    this.#holders.set(name, lock);
    return lock;
  }
}
