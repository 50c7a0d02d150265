import { AsyncResource } from 'node:async_hooks';
import { isThenable } from '../errors/async';
import { HTTPException } from '../errors/http-exception';
import { ofProgram } from './program-errors';

/** A handler that takes too long. */
export class HandlerTimeout extends HTTPException {
  constructor() {
    super(503, undefined, { headers: { connection: 'close' } });
  }
}

/** Whose time it is: a request that waits for its client for some of it. */
export interface Timed {
  /** Milliseconds that do not count. */
  readonly waited: number;
  /** Told that the time is up, before anybody else is. */
  expire(error: HTTPException): void;
}

/**
 * An answer that is being waited for, in a ring of all of them in the order in which their time is up.
 * When it leaves it points at no other: an old one that did would keep those that came after it from being collected soon.
 * It is told of its end where it began: the one timer of all belongs to another request.
 */
class Running extends AsyncResource {
  #before: Running = this;
  #after: Running = this;
  /** Whether its time was up before it ended. */
  late = false;

  constructor(
    readonly name: string,
    readonly begun: number,
    public until: number,
    readonly timed: Timed | undefined,
    readonly reject: (error: HTTPException) => void,
  ) {
    super('vivace.answer');
  }

  get next(): Running {
    return this.#after;
  }

  /** Enters a ring behind those that are up before; `ring` is its start. */
  enter(ring: Running): void {
    let before = ring.#before;
    while (before !== ring && before.until > this.until) before = before.#before;
    this.#before = before;
    this.#after = before.#after;
    before.#after.#before = this;
    before.#after = this;
  }

  expire(): void {
    this.late = true;
    const error = new HandlerTimeout();
    this.timed?.expire(error);
    this.reject(error);
  }

  leave(): void {
    this.#before.#after = this.#after;
    this.#after.#before = this.#before;
    this.#before = this.#after = this;
  }
}

/** Begins when it is asked, by one who is told once: Fastify and `await` need no more of a promise. */
export interface Told<R> {
  then(done: (value: R) => void, failed: (error: unknown) => void): void;
}

/** The `finish` of an answer of which nothing else is made. */
export const asItIs = <T>(answer: T): T => answer;

/** Milliseconds after which it is looked again at a request whose client is waited for. */
const LOOK = 100;

/** Ends answers that take too long. All have the same time, so one timer serves them in the order in which they began. */
export class Deadlines {
  readonly #running = new Running('', 0, Infinity, undefined, () => {});
  #timer: NodeJS.Timeout | undefined;
  #late = 0;
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

  /** Whether answers are being waited for, also where their clients have left. */
  get areAwaited(): boolean {
    return this.#running.next !== this.#running;
  }
  /** Whether something still makes an answer that nobody waits for. */
  get areLate(): boolean {
    return this.#late > 0;
  }

  /**
   * What `finish` makes of the answer of the operation `name`, or an HTTPException 503 where that does not come in time.
   */
  limit<T, R>(
    answer: PromiseLike<T>,
    finish: (value: T) => R | PromiseLike<R>,
    name = '',
    timed?: Timed,
  ): Promise<R> {
    const told = this.tell(answer, finish, name, timed);
    return new Promise<R>((resolve, reject) => told.then(resolve, reject));
  }

  /** The same without a promise. */
  tell<T, R>(
    answer: PromiseLike<T>,
    finish: (value: T) => R | PromiseLike<R>,
    name = '',
    timed?: Timed,
  ): Told<R> {
    // oxlint-disable-next-line no-thenable -- it is to be awaited
    return { then: (done, failed) => this.#watch(answer, finish, done, failed, name, timed) };
  }

  #watch<T, R>(
    answer: PromiseLike<T>,
    finish: (value: T) => R | PromiseLike<R>,
    done: (value: R) => void,
    failed: (error: unknown) => void,
    name: string,
    timed: Timed | undefined,
  ): void {
    const begun = performance.now();
    const running = new Running(name, begun, begun + this.#milliseconds, timed, failed);
    running.enter(this.#running);
    if (this.#timer === undefined) this.#timer = this.#wait(this.#milliseconds);
    const succeed = (value: R): void => {
      if (this.#ends(running)) done(value);
    };
    const fail = (error: unknown): void => {
      if (this.#ends(running)) failed(ofProgram(error));
    };
    answer.then((value) => {
      let finished: R | PromiseLike<R>;
      try {
        finished = finish(value);
      } catch (error) {
        return fail(error);
      }
      if (isThenable(finished)) finished.then(succeed, fail);
      else succeed(finished);
      return undefined;
    }, fail);
  }

  /** An answer is late for another reason: something else has answered. */
  leaveBehind(answer: PromiseLike<unknown>): void {
    this.#late += 1;
    const end = (): void => void (this.#late -= 1);
    answer.then(end, end);
  }

  /** Notes that an answer is there; whether it is in time. */
  #ends(running: Running): boolean {
    running.leave();
    if (running.late) this.#late -= 1;
    return !running.late;
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
      if (oldest.timed !== undefined && this.#spares(oldest, oldest.timed, now)) continue;
      this.#late += 1;
      oldest.runInAsyncScope(oldest.expire, oldest);
    }
  }

  /** Whether some of the time was the client's, so that it is not yet up. */
  #spares(running: Running, { waited }: Timed, now: number): boolean {
    const until = running.begun + this.#milliseconds + waited;
    if (until <= now) return false;
    running.until = Math.max(until, now + LOOK);
    running.enter(this.#running);
    return true;
  }
}
