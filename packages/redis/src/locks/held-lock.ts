import { milliseconds } from '../seconds';
import { LockTaken, type Lock } from './locks';

/** What a held lock asks of where locks are. */
export interface Holding {
  readonly name: string;
  readonly token: number;
  /** Gives false where somebody else has it. */
  extend(milliseconds: number): Promise<boolean>;
  release(): Promise<void>;
  /** Called once, when it is no longer held. */
  over(): void;
}

/** The longest that a timer of Node takes. */
const LONGEST = 2 ** 31 - 1;

/** A lock that is held until its time is over, it is given back, or lost. */
export class HeldLock implements Lock {
  readonly #holding: Holding;
  readonly #lost = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** @param begun when it was asked for, in milliseconds of this process: never later than its time began */
  constructor(holding: Holding, begun: number, time: number) {
    this.#holding = holding;
    this.#endAt(begun + time);
  }

  get token(): number {
    return this.#holding.token;
  }
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async extend(seconds: number): Promise<void> {
    const begun = performance.now();
    const time = milliseconds('seconds', seconds);
    const isHeld = !this.signal.aborted && (await this.#holding.extend(time));
    if (!isHeld || this.signal.aborted) throw this.lose();
    this.#endAt(begun + time);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    // Where Redis is away, its time ends it.
    await this.#holding.release().catch(() => undefined);
  }

  /** Tells the holder that it has it no more. */
  lose(): LockTaken {
    this.#end();
    const reason = new LockTaken(this.#holding.name);
    this.#lost.abort(reason);
    return reason;
  }

  #endAt(time: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.lose(),
      Math.min(Math.max(0, time - performance.now()), LONGEST),
    );
    this.#timer.unref();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#holding.over();
  }
}
