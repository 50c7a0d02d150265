import type { FastifyBaseLogger } from 'fastify';
import { after, isGenerator } from '../errors/async';
import type { ExitScopeName } from '../declare/options/dependency-options';
import { beforeBody, isSucceeding } from '../declare/settling';
import { Response } from '../responses/response';
import { ExitScope, type Failure } from './exit-scope';
import { readyResponse } from './response';
import { Settlement } from './settlement';
import { chunksOf, isStreaming } from './stream/chunks';
import { succeed } from './success';

/** What a request has opened, closed with its handler or after its response, and whatever way it ends. */
export class RequestScopes {
  #function: ExitScope | undefined;
  #request: ExitScope | undefined;
  #abandoned: Failure | undefined;
  #settled = false;
  /** The end of what belongs to a handler that streams. */
  #ending: Promise<void> | undefined;
  readonly #settlement = new Settlement();

  readonly #log: FastifyBaseLogger;

  constructor(log: FastifyBaseLogger) {
    this.#log = log;
  }

  get isOpen(): boolean {
    return this.#function !== undefined || this.#request !== undefined;
  }
  /** Whether something that was opened has to settle before the answer is written. */
  get isUnsettled(): boolean {
    return this.#settlement.isDue;
  }
  /** Why the request was answered without its handler, if it was. */
  get abandoned(): Failure | undefined {
    return this.#abandoned;
  }

  /** Opens a generator, unless the request is answered already: then nobody would use what it opens. Gives what it yields, or a promise. */
  enter(generator: object, scope: ExitScopeName): unknown {
    if (this.#abandoned !== undefined) throw this.#abandoned.error;
    if (!isGenerator(generator)) throw new TypeError('A generator dependency gave no generator.');
    const exit =
      scope === 'function'
        ? (this.#function ??= new ExitScope(this.#log, this.#settlement))
        : (this.#request ??= new ExitScope(this.#log, this.#settlement));
    return exit.enter(generator);
  }

  /** Has what was opened let go of what it holds, unless the request is answered already. Undefined: it holds nothing. */
  letGo(): Promise<void> | undefined {
    if (this.#abandoned !== undefined) throw this.#abandoned.error;
    return this.#settlement.isHolding ? this.#letGo() : undefined;
  }

  async #letGo(): Promise<void> {
    const holding = this.#settlement.takeHolding();
    for (const value of holding) await value[beforeBody]();
    await succeed(
      holding.filter((value) => isSucceeding(value)),
      this.#log,
    );
    // The time may be up meanwhile.
    if (this.#abandoned !== undefined) throw this.#abandoned.error;
  }

  /** Settles what was opened, unless the request is answered already. */
  async settle(): Promise<void> {
    if (this.#abandoned !== undefined) throw this.#abandoned.error;
    await this.#settlement.settle();
  }

  /** Closes what belongs to the handler, unless the answer still streams. */
  leave<T>(answer: T): T | Promise<T> {
    const isPlain = !(answer instanceof Response) && this.#abandoned === undefined;
    if (!isPlain || this.#function !== undefined) return this.#leave(answer);
    this.#settled = true;
    return answer;
  }

  async #leave<T>(answer: T): Promise<T> {
    // A stream that ends is whole: what fails to commit has to break it off before.
    if (this.#function !== undefined)
      chunksOf(answer)?.beforeEnd(() => (this.#ending ??= this.#endStream()));
    const failure = (await this.#unready(answer)) ?? this.#abandoned;
    this.#settled = true;
    // A handler that streams ends with its stream.
    if (failure === undefined && isStreaming(answer)) return answer;
    const end = await this.#closeFunction(failure);
    if (end === undefined) return answer;
    await chunksOf(answer)?.close();
    throw await this.fail(end.error);
  }

  async #endStream(): Promise<void> {
    const failure = await this.#closeFunction(this.#abandoned);
    if (failure !== undefined) throw failure.error;
  }

  /** Closes everything after an error; gives the error that goes on. */
  async fail(error: unknown): Promise<unknown> {
    this.#settled = true;
    const failure = await this.#closeFunction({ error });
    return (await this.#closeRequest(failure))?.error;
  }

  /** The request is answered without its handler; if that still runs, its clean-up will see the error. */
  abandon(error: unknown): void {
    this.#abandoned ??= { error };
  }

  /**
   * Closes what is left after the response.
   *
   * @param broken why a stream broke off, if that was the response
   * @param between what comes before the scope `request` closes, if nothing has failed
   * @returns the error of a clean-up
   */
  finish(
    broken: Failure | undefined,
    between: () => Promise<void> | undefined,
  ): Failure | undefined | PromiseLike<Failure | undefined> {
    // A handler that still runs closes what it opened when it ends.
    if (this.#abandoned !== undefined && !this.#settled) return undefined;
    const left = after(this.#ended(), () => this.#closeFunction(broken));
    const closed = after(left, (failure) =>
      after(failure === undefined ? between() : undefined, () => this.#closeRequest(failure)),
    );
    return after(closed, (last) => (last?.error === broken?.error ? undefined : last));
  }

  /** Until what belongs to a stream has closed, whose client may have left meanwhile. */
  #ended(): Promise<void> | undefined {
    return this.#ending?.catch(() => {});
  }

  /** Why an answer cannot be sent, if it cannot. */
  async #unready(answer: unknown): Promise<Failure | undefined> {
    try {
      if (answer instanceof Response) await readyResponse(answer);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  #closeFunction(
    failure: Failure | undefined,
  ): Failure | undefined | PromiseLike<Failure | undefined> {
    const scope = this.#function;
    this.#function = undefined;
    return scope === undefined ? failure : scope.close(failure);
  }

  #closeRequest(
    failure: Failure | undefined,
  ): Failure | undefined | PromiseLike<Failure | undefined> {
    const scope = this.#request;
    this.#request = undefined;
    return after(scope?.close(failure), (last) => last ?? failure);
  }
}
