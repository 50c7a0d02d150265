import { HTTPException } from 'vivace';

/** Something that only one holder has at a time, in all processes. */
export abstract class Locks {
  /**
   * Takes a lock, for some seconds at most.
   *
   * @param options.seconds after which it is lost, unless it is extended
   * @param options.wait seconds to wait for whoever has it: 0 by default
   * @throws LockTaken where it was not to be had in time
   * @example await using lock = await locks.acquire(`stock:${id}`, { seconds: 10, wait: 2 });
   */
  abstract acquire(
    name: string,
    options: { readonly seconds: number; readonly wait?: number },
  ): Promise<Lock>;
}

/** A lock that is held; its end gives it back. */
export interface Lock extends AsyncDisposable {
  /** Greater than that of every holder before: give it to what is written, so that a late writer is refused. */
  readonly token: number;
  /** Aborted when the lock was lost: its time is over, or Redis was. */
  readonly signal: AbortSignal;
  /**
   * Holds it for so many seconds from now on.
   *
   * @throws LockTaken where it was lost
   */
  extend(seconds: number): Promise<void>;
}

/** A lock is not to be had, or was lost. Unhandled in an operation: 503 with `Retry-After: 1`. */
export class LockTaken extends HTTPException {
  constructor(name: string) {
    super(503, undefined, { headers: { 'retry-after': '1' } });
    this.message = `The lock '${name}' is not to be had.`;
    this.name = 'LockTaken';
  }
}
