import { iterate } from './pieces';

export const PING = ': ping\n\n';

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
      let next: Promise<IteratorResult<string, unknown>> | undefined;
      let silence = Math.min(OPENING, seconds);
      return {
        async next() {
          next ??= iterator.next();
          const result = await within(next, silence);
          silence = seconds;
          if (result === undefined) return { value: PING, done: false };
          next = undefined;
          return result.done === true ? { value: undefined, done: true } : result;
        },
        async return() {
          // The client has left, so nobody hears of the text that is still awaited.
          next?.catch(() => undefined);
          await iterator.return?.();
          return { value: undefined, done: true };
        },
      };
    },
  };
}

async function within<T>(promise: Promise<T>, seconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000, undefined);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
