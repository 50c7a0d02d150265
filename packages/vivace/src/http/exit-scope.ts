import type { FastifyBaseLogger } from 'fastify';
import { isSucceeding, succeeded, type Succeeding } from '../declare/settling';
import type { AnyGenerator } from '../errors/async';
import type { Settlement } from './settlement';

/** An error that is on its way; a thrown `undefined` is one too. */
export interface Failure {
  readonly error: unknown;
}

/** The generators that a request, or the application, has opened: closed in reverse order, whatever happens. */
export class ExitScope {
  readonly #open: AnyGenerator[] = [];
  readonly #succeeding: Succeeding[] = [];

  readonly #log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  readonly #settlement: Settlement | undefined;

  /** @param settlement of what ends with an answer or a result; the application settles nothing */
  constructor(log: Pick<FastifyBaseLogger, 'warn' | 'error'>, settlement?: Settlement) {
    this.#log = log;
    this.#settlement = settlement;
  }

  /** Runs a generator up to its `yield`, gives what it yields, and keeps it to be closed. */
  async enter(generator: AnyGenerator): Promise<unknown> {
    const { value, done } = await generator.next();
    if (done === true)
      throw new TypeError(
        'A generator dependency ended without a yield: it has to yield the value to inject, once.',
      );
    this.#open.push(generator);
    if (this.#settlement !== undefined) {
      this.#settlement.note(value);
      if (isSucceeding(value)) this.#succeeding.push(value);
    }
    return value;
  }

  /**
   * Closes all generators, the last opened first; an error is thrown in at the yield. What has not settled does so before.
   *
   * @returns the error that goes on: the given one, or that of a clean-up that failed
   */
  async close(failure?: Failure): Promise<Failure | undefined> {
    let current = failure ?? (await this.#settled());
    if (current !== undefined) this.#settlement?.drop();
    for (let generator = this.#open.pop(); generator !== undefined; generator = this.#open.pop()) {
      current = await this.#finish(generator, current);
    }
    if (current === undefined) await this.#succeed();
    return current;
  }

  async #settled(): Promise<Failure | undefined> {
    if (this.#settlement?.isDue !== true) return undefined;
    try {
      await this.#settlement.settle();
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  /** All is done by now: what fails here changes nothing for the client. */
  async #succeed(): Promise<void> {
    for (const value of this.#succeeding.splice(0).toReversed()) {
      try {
        await value[succeeded]();
      } catch (error) {
        this.#log.error({ err: error }, 'What follows success has failed');
      }
    }
  }

  async #finish(
    generator: AnyGenerator,
    failure: Failure | undefined,
  ): Promise<Failure | undefined> {
    try {
      const { done } = await (failure === undefined
        ? generator.next()
        : generator.throw(failure.error));
      if (done !== true) {
        await generator.return(undefined);
        this.#log.warn(
          'A generator dependency yielded twice: what follows its first yield is clean-up.',
        );
      }
      if (failure !== undefined)
        this.#log.warn(
          { err: failure.error },
          'A generator dependency swallowed an error, which goes on: throw it again, or another.',
        );
      return failure;
    } catch (error) {
      return { error };
    }
  }
}
