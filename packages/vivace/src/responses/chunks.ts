import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';

/** Things that come one after the other, at once or later. */
export type Chunks<T> = AsyncIterable<T> | Iterable<T>;

/** Chunks that are taken once; the first of them may be taken ahead. */
export class ChunkSequence<T> implements AsyncIterable<T> {
  readonly #chunks: Chunks<T>;
  #iterator: AsyncIterator<T, unknown, undefined> | undefined;
  #first: Promise<IteratorResult<T, unknown>> | undefined;

  constructor(chunks: Chunks<T>) {
    this.#chunks = chunks;
  }

  /** Waits for the first chunk; throws the error that comes in its place. */
  async begin(): Promise<void> {
    await (this.#first ??= this.#source.next());
  }

  /** Lets go of what is not taken. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, unknown, undefined> {
    const source = this.#source;
    return {
      next: () => {
        const first = this.#first;
        this.#first = undefined;
        return first ?? source.next();
      },
      return: async () => {
        await source.return?.();
        return { value: undefined, done: true };
      },
    };
  }

  get #source(): AsyncIterator<T, unknown, undefined> {
    return (this.#iterator ??= iterate(this.#chunks));
  }
}

/**
 * Takes chunks one at a time.
 *
 * A loop or a generator around them would pass `return` on only when the next chunk has come; this passes it on at once.
 */
export function iterate<T>(given: Chunks<T>): AsyncIterator<T, unknown, undefined> {
  // A stream of the web platform, too, would wait for its next chunk.
  const chunks: Chunks<T> =
    given instanceof ReadableStream ? Readable.fromWeb(given as WebStream) : given;
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  return {
    async next() {
      const { value, done } = await iterator.next();
      return done === true ? { value: undefined, done } : { value: await value, done: false };
    },
    async return() {
      if (chunks instanceof Readable) chunks.destroy();
      await iterator.return?.();
      return { value: undefined, done: true };
    },
  };
}

/** The same chunks, each made into something else when it is taken. */
export function mapped<T, R>(
  chunks: Chunks<T>,
  map: (chunk: T) => R | Promise<R>,
): AsyncIterable<R> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = iterate(chunks);
      return {
        async next() {
          const { value, done } = await iterator.next();
          return done === true
            ? { value: undefined, done }
            : { value: await map(value), done: false };
        },
        async return() {
          await iterator.return?.();
          return { value: undefined, done: true };
        },
      };
    },
  };
}
