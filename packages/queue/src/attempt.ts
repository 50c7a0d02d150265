import type { uuid } from 'vivace';

/**
 * One try of a job, injected by its type into `run` and whatever it needs.
 *
 * @example
 * async run({ order }: Invoice, attempt: Attempt): Promise<void> {
 *   await this.bank.charge(order, { idempotencyKey: attempt.id, signal: attempt.signal });
 * }
 */
export abstract class Attempt {
  /** The job: the same for each of its tries. */
  abstract readonly id: uuid;
  /** Begins at 1. What was given back at shutdown does not count. */
  abstract readonly number: number;
  /** Aborted after the time of a try, when the job is cancelled, and when the process ends. */
  abstract readonly signal: AbortSignal;
  /**
   * Says how far it is. Written at once, outside the transaction of the try.
   *
   * @param part 0 to 1
   * @throws RangeError for another number
   */
  abstract progress(part: number): Promise<void>;
}
