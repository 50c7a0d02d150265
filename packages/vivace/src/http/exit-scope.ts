import type { FastifyBaseLogger } from 'fastify';
import { isSucceeding, type Succeeding } from '../declare/settling';
import { after, isThenable, type AnyGenerator } from '../errors/async';
import type { Settlement } from './settlement';
import { succeed } from './success';

/** An error that is on its way; a thrown `undefined` is one too. */
export interface Failure {
  readonly error: unknown;
}

/** How it ended: with the error that goes on, or well. */
type Closed = Failure | undefined;

/** The generators that a request, or the application, has opened: closed in reverse order, whatever happens. */
export class ExitScope {
  readonly #open: AnyGenerator[] = [];
  /** What generators have yielded that wants to hear of success. */
  #succeeding: Map<AnyGenerator, Succeeding> | undefined;
  /** Those of them that have closed without an error, the last opened first. */
  readonly #succeeded: Succeeding[] = [];

  readonly #log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  readonly #settlement: Settlement | undefined;

  /** @param settlement of what ends with an answer or a result; the application settles nothing */
  constructor(log: Pick<FastifyBaseLogger, 'warn' | 'error'>, settlement?: Settlement) {
    this.#log = log;
    this.#settlement = settlement;
  }

  /** Runs a generator up to its `yield`, gives what it yields, or a promise of that, and keeps it to be closed. */
  enter(generator: AnyGenerator): unknown {
    return after(generator.next(), (step) => this.#entered(generator, step));
  }

  #entered(generator: AnyGenerator, { value, done }: IteratorResult<unknown>): unknown {
    if (done === true)
      throw new TypeError(
        'A generator dependency ended without a yield: it has to yield the value to inject, once.',
      );
    this.#open.push(generator);
    if (this.#settlement !== undefined) {
      this.#settlement.note(value);
      if (isSucceeding(value)) (this.#succeeding ??= new Map()).set(generator, value);
    }
    return value;
  }

  /**
   * Closes all generators, the last opened first; an error is thrown in at the yield. What has not settled does so before.
   *
   * @returns the error that goes on: the given one, or that of a clean-up that failed
   */
  close(failure?: Failure): Closed | PromiseLike<Closed> {
    const isDue = failure === undefined && this.#settlement?.isDue === true;
    return after(isDue ? this.#settle(this.#settlement) : failure, (current) => {
      if (current !== undefined) this.#settlement?.drop();
      return after(this.#finishAll(current), (last) =>
        this.#succeeded.length > 0 ? this.#succeed(last) : last,
      );
    });
  }

  async #settle(settlement: Settlement): Promise<Closed> {
    try {
      await settlement.settle();
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  /** Also where another one has failed since: what they did is kept. */
  async #succeed(last: Closed): Promise<Closed> {
    await succeed(this.#succeeded.splice(0), this.#log);
    return last;
  }

  #finishAll(failure: Closed): Closed | PromiseLike<Closed> {
    let current = failure;
    for (let generator = this.#open.pop(); generator !== undefined; generator = this.#open.pop()) {
      const finished = this.#finish(generator, current);
      if (isThenable(finished)) return finished.then((next) => this.#finishAll(next));
      current = finished;
    }
    return current;
  }

  #finish(generator: AnyGenerator, failure: Closed): Closed | PromiseLike<Closed> {
    const failed = (error: unknown): Closed => ({ error });
    try {
      const step = failure === undefined ? generator.next() : generator.throw(failure.error);
      const finished = after(step, ({ done }) =>
        after(done === true ? undefined : this.#endEarly(generator), () => {
          if (failure === undefined) this.#closed(generator);
          else this.#warnOfSwallowed(failure);
          return failure;
        }),
      );
      return isThenable(finished) ? finished.then(undefined, failed) : finished;
    } catch (error) {
      return failed(error);
    }
  }

  #closed(generator: AnyGenerator): void {
    const value = this.#succeeding?.get(generator);
    if (value !== undefined) this.#succeeded.push(value);
  }

  async #endEarly(generator: AnyGenerator): Promise<void> {
    await generator.return(undefined);
    this.#log.warn(
      'A generator dependency yielded twice: what follows its first yield is clean-up.',
    );
  }

  #warnOfSwallowed({ error }: Failure): void {
    this.#log.warn(
      { err: error },
      'A generator dependency swallowed an error, which goes on: throw it again, or another.',
    );
  }
}
