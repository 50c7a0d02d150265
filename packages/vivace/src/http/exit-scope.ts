import type { FastifyBaseLogger } from 'fastify';
import type { AnyGenerator } from '../errors/async';

/** An error that is on its way; a thrown `undefined` is one too. */
export interface Failure {
  readonly error: unknown;
}

/** The generators that a request, or the application, has opened: closed in reverse order, whatever happens. */
export class ExitScope {
  readonly #open: AnyGenerator[] = [];

  readonly #log: Pick<FastifyBaseLogger, 'warn'>;

  constructor(log: Pick<FastifyBaseLogger, 'warn'>) {
    this.#log = log;
  }

  /** Runs a generator up to its `yield`, gives what it yields, and keeps it to be closed. */
  async enter(generator: AnyGenerator): Promise<unknown> {
    const { value, done } = await generator.next();
    if (done === true)
      throw new TypeError(
        'A generator dependency ended without a yield: it has to yield the value to inject, once.',
      );
    this.#open.push(generator);
    return value;
  }

  /**
   * Closes all generators, the last opened first; an error is thrown in at the yield.
   *
   * @returns the error that goes on: the given one, or that of a clean-up that failed
   */
  async close(failure?: Failure): Promise<Failure | undefined> {
    let current = failure;
    for (let generator = this.#open.pop(); generator !== undefined; generator = this.#open.pop()) {
      current = await this.#finish(generator, current);
    }
    return current;
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
