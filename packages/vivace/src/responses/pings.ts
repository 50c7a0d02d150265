import { ChunkIterator, iterate } from './chunks';

type Step = IteratorResult<string, unknown>;

const PING: Step = { value: ': ping\n\n', done: false };

/** Seconds until the first comment: a page learns that the connection is open when something comes. */
const OPENING = 1;

/**
 * The same texts, with a comment after each silence.
 *
 * @param seconds how long a silence lasts before a comment keeps the connection open
 */
export function withPings(texts: AsyncIterable<string>, seconds: number): AsyncIterable<string> {
  return { [Symbol.asyncIterator]: () => new Pinged(iterate(texts), seconds) };
}

/** One timer and one promise for all texts: many clients read events for long, and most of them wait. */
class Pinged extends ChunkIterator<string> {
  readonly #texts: ChunkIterator<string>;
  readonly #seconds: number;
  #timer: NodeJS.Timeout | undefined;
  #hears: 'opening' | 'long' | undefined;
  /** Whether a text is on its way: one that was asked for before a comment. */
  #isAsked = false;
  #waiting: PromiseWithResolvers<Step> | undefined;
  /** What came while nobody waited. */
  #early: Promise<Step> | undefined;

  constructor(texts: ChunkIterator<string>, seconds: number) {
    super();
    this.#texts = texts;
    this.#seconds = seconds;
  }

  next(): Promise<Step> {
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) return early;
    const { promise } = (this.#waiting = Promise.withResolvers<Step>());
    if (!this.#isAsked) {
      this.#isAsked = true;
      this.#texts.next().then(this.#given, this.#failed);
    }
    // After the program has set its timers: of those that last as long, its own end first.
    this.#hearSilence();
    return promise;
  }

  protected close(): unknown {
    clearTimeout(this.#timer);
    return this.#texts.return();
  }

  readonly #given = (step: Step): void => {
    if (step.done === true) clearTimeout(this.#timer);
    this.#isAsked = false;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#early = Promise.resolve(step);
    else waiting.resolve(step);
  };

  readonly #failed = (error: unknown): void => {
    clearTimeout(this.#timer);
    this.#isAsked = false;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) return waiting.reject(error);
    // oxlint-disable-next-line prefer-promise-reject-errors -- it goes on as it is
    this.#early = Promise.reject(error);
    this.#early.catch(() => {});
  };

  #hearSilence(): void {
    if (this.#hears === 'long') return void this.#timer?.refresh();
    clearTimeout(this.#timer);
    const seconds = this.#hears === undefined ? Math.min(OPENING, this.#seconds) : this.#seconds;
    this.#hears = this.#hears === undefined ? 'opening' : 'long';
    this.#timer = setTimeout(this.#ping, seconds * 1000);
  }

  readonly #ping = (): void => {
    this.#waiting?.resolve(PING);
    this.#waiting = undefined;
  };
}
