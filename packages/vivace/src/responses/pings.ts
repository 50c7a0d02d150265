import { iterate } from './chunks';

const PING = ': ping\n\n';

/** Seconds until the first comment: a page learns that the connection is open when something comes. */
const OPENING = 1;

/**
 * The same texts, with a comment after each silence.
 *
 * @param seconds how long a silence lasts before a comment keeps the connection open
 */
export function withPings(texts: AsyncIterable<string>, seconds: number): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = iterate(texts);
      let next: Arrival<IteratorResult<string, unknown>> | undefined;
      let silence = Math.min(OPENING, seconds);
      return {
        async next() {
          next ??= new Arrival(iterator.next());
          const came = await next.within(silence);
          silence = seconds;
          if (!came) return { value: PING, done: false };
          const result = await next.promise;
          next = undefined;
          return result.done === true ? { value: undefined, done: true } : result;
        },
        async return() {
          await iterator.return?.();
          return { value: undefined, done: true };
        },
      };
    },
  };
}

/** A promise that is waited for again and again; `Promise.race` would leave something behind each time. */
class Arrival<T> {
  #wake = (): void => {};
  #settled = false;

  constructor(readonly promise: Promise<T>) {
    const settle = (): void => {
      this.#settled = true;
      this.#wake();
    };
    promise.then(settle, settle);
  }

  /** Whether it is there, now or after some seconds at most. */
  async within(seconds: number): Promise<boolean> {
    if (this.#settled) return true;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, seconds * 1000);
    });
    clearTimeout(timer);
    return this.#settled;
  }
}
