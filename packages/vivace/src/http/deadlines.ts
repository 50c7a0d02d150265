import { isThenable } from '../errors/async';
import { HTTPException } from '../errors/http-exception';
import { ofProgram } from './program-errors';

/** A handler that takes too long. */
export class HandlerTimeout extends HTTPException {
  constructor() {
    super(503, undefined, { headers: { connection: 'close' } });
  }
}

/**
 * An answer that is being waited for, in a ring of all of them in the order in which they began.
 * When it leaves it points at no other: an old one that did would keep those that came after it from being collected soon.
 */
class Running {
  #before: Running = this;
  #after: Running = this;

  constructor(
    readonly name: string,
    readonly until: number,
    readonly expire: () => void,
  ) {}

  get next(): Running {
    return this.#after;
  }

  /** Enters a ring as the last of it; `ring` is its start. */
  enter(ring: Running): void {
    this.#before = ring.#before;
    this.#after = ring;
    ring.#before.#after = this;
    ring.#before = this;
  }

  leave(): void {
    this.#before.#after = this.#after;
    this.#after.#before = this.#before;
    this.#before = this.#after = this;
  }
}

/** The `finish` of an answer of which nothing else is made. */
export const asItIs = <T>(answer: T): T => answer;

/** Ends answers that take too long. All have the same time, so one timer serves them in the order in which they began. */
export class Deadlines {
  readonly #running = new Running('', Infinity, () => {});
  #timer: NodeJS.Timeout | undefined;

  readonly #milliseconds: number;

  /** @param milliseconds that an answer may take */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** The operations that are being waited for. */
  *names(): Generator<string> {
    for (let each = this.#running.next; each !== this.#running; each = each.next)
      if (each.name !== '') yield each.name;
  }

  /**
   * What `finish` makes of the answer of the operation `name`, or an HTTPException 503 where that does not come in time;
   * `expired` is told of it first.
   */
  limit<T, R>(
    answer: PromiseLike<T>,
    finish: (value: T) => R | PromiseLike<R>,
    expired: (error: HTTPException) => void = () => {},
    name = '',
  ): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const running = new Running(name, performance.now() + this.#milliseconds, () => {
        const error = new HandlerTimeout();
        expired(error);
        reject(error);
      });
      running.enter(this.#running);
      if (this.#timer === undefined) this.#timer = this.#wait(this.#milliseconds);
      const succeed = (value: R): void => {
        running.leave();
        resolve(value);
      };
      const fail = (error: unknown): void => {
        running.leave();
        // oxlint-disable-next-line prefer-promise-reject-errors -- what the program threw goes on as it is
        reject(ofProgram(error));
      };
      answer.then((value) => {
        try {
          const finished = finish(value);
          if (isThenable(finished)) finished.then(succeed, fail);
          else succeed(finished);
        } catch (error) {
          fail(error);
        }
      }, fail);
    });
  }

  #wait(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.#expireOld(), Math.max(1, milliseconds)).unref();
  }

  #expireOld(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (let oldest = this.#running.next; oldest !== this.#running; oldest = this.#running.next) {
      if (oldest.until > now) {
        this.#timer = this.#wait(oldest.until - now);
        return;
      }
      oldest.leave();
      oldest.expire();
    }
  }
}
