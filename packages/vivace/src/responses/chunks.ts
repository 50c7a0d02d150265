import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { after, isGenerator } from '../errors/async';

/** Things that come one after the other, at once or later. */
export type Chunks<T> = AsyncIterable<T> | Iterable<T>;

/** Chunks that are taken once; the first of them may be taken ahead. */
export class ChunkSequence<T> implements AsyncIterable<T> {
  readonly #chunks: Chunks<T>;
  #iterator: ChunkIterator<T> | undefined;
  #first: Promise<Step<T>> | undefined;
  #end: (() => Promise<void>) | undefined;

  constructor(chunks: Chunks<T>) {
    this.#chunks = chunks;
  }

  /** Waits for the first chunk; throws the error that comes in its place. */
  async begin(): Promise<void> {
    await (this.#first ??= this.#next());
  }

  /** Has something done when there are no more chunks, before that is said; its error comes in the place of the end. */
  beforeEnd(end: () => Promise<void>): void {
    this.#end = end;
  }

  /** Lets go of what is not taken. */
  async close(): Promise<void> {
    await this.#source.return();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, unknown, undefined> {
    const source = this.#source;
    return {
      next: () => {
        const first = this.#first;
        this.#first = undefined;
        return first ?? this.#next();
      },
      return: () => source.return(),
    };
  }

  #next(): Promise<Step<T>> {
    const step = this.#source.next();
    const end = this.#end;
    return end === undefined
      ? step
      : step.then((taken) => (taken.done === true ? end().then(() => taken) : taken));
  }

  get #source(): ChunkIterator<T> {
    return (this.#iterator ??= iterate(this.#chunks));
  }
}

/**
 * Takes chunks one at a time.
 *
 * A loop or a generator around them would pass `return` on only when the next chunk has come; this passes it on at once.
 */
export function iterate<T>(given: Chunks<T>): ChunkIterator<T> {
  // A stream of the web platform, too, would wait for its next chunk.
  const chunks: Chunks<T> =
    given instanceof ReadableStream ? Readable.fromWeb(given as WebStream) : given;
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  if (iterator instanceof ChunkIterator) return iterator as ChunkIterator<T>;
  const Taking = Symbol.asyncIterator in chunks && isGenerator(iterator) ? OfGenerator : OfAny;
  return new Taking<T>(iterator as AsyncIterator<T>, chunks);
}

/** The same chunks, each made into something else when it is taken. */
export function mapped<T, R>(
  chunks: Chunks<T>,
  map: (chunk: T) => R | Promise<R>,
): AsyncIterable<R> {
  return { [Symbol.asyncIterator]: () => new Mapped(iterate(chunks), map) };
}

type Step<T> = IteratorResult<T, unknown>;

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * An iterator of ours: its values are there, and nothing has to stand around it. Many streams wait for long, and a function
 * that waits for another one takes several times as much memory as a promise.
 */
export abstract class ChunkIterator<T> implements AsyncIterator<T, unknown, undefined> {
  abstract next(): Promise<Step<T>>;

  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.close();
    return DONE;
  }

  protected abstract close(): unknown;
}

/** What may give promises, and fail in any way. */
class OfAny<T> extends ChunkIterator<T> {
  protected readonly iterator: AsyncIterator<T> | Iterator<T>;
  readonly #chunks: Chunks<T>;

  constructor(iterator: AsyncIterator<T> | Iterator<T>, chunks: Chunks<T>) {
    super();
    this.iterator = iterator;
    this.#chunks = chunks;
  }

  async next(): Promise<Step<T>> {
    const { value, done } = await this.iterator.next();
    return done === true ? DONE : { value: await value, done: false };
  }

  protected close(): unknown {
    if (this.#chunks instanceof Readable) this.#chunks.destroy();
    return this.iterator.return?.();
  }
}

/** An asynchronous generator has waited for what it yields. */
class OfGenerator<T> extends OfAny<T> {
  override next(): Promise<Step<T>> {
    return this.iterator.next() as Promise<Step<T>>;
  }
}

class Mapped<T, R> extends ChunkIterator<R> {
  readonly #source: ChunkIterator<T>;
  readonly #map: (step: Step<T>) => Step<R> | PromiseLike<Step<R>>;

  constructor(source: ChunkIterator<T>, map: (chunk: T) => R | Promise<R>) {
    super();
    this.#source = source;
    this.#map = (step) => (step.done === true ? DONE : after(map(step.value), given));
  }

  next(): Promise<Step<R>> {
    return this.#source.next().then(this.#map);
  }

  protected close(): unknown {
    return this.#source.return();
  }
}

const given = <R>(value: R): Step<R> => ({ value, done: false });
