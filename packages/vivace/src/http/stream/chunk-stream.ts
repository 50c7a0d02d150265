import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { clientDisconnected } from './client-disconnected';
import type { Failure } from '../exit-scope';

export type Chunk = string | Uint8Array;

/** After how many chunks others get a turn: a generator that never waits would keep the process to itself. */
const TURN = 32;

export interface ChunkStreamOptions {
  /** Of events: the last text when the server closes. Anything else breaks off, so that the client sees that something is missing. */
  readonly farewell: string | undefined;
  readonly response: ServerResponse;
  /** How many bytes the head of the answer promises; undefined: any. */
  readonly length?: number | undefined;
  /** Takes notice of an error and gives what the client is still told, if anything. */
  readonly broken: (error: unknown) => Promise<string | undefined>;
  /** Takes notice of an error that nobody waits for. */
  readonly late: (error: unknown) => void;
}

const streams = new WeakMap<ServerResponse, ChunkStream>();

/** What a response sends chunk by chunk, if it does. */
export function streamOf(response: ServerResponse): ChunkStream | undefined {
  return streams.get(response);
}

/** Chunks on their way to a client: one is taken when there is room for it. */
export class ChunkStream extends Readable {
  /** Told when nothing of it runs any more: why it broke off, if it did. */
  readonly ended: Promise<Failure | undefined>;
  readonly #settle: (failure: Failure | undefined) => void;
  readonly #iterator: AsyncIterator<Chunk, unknown, undefined>;
  readonly #options: ChunkStreamOptions;
  #taken = 0;
  #size = 0;
  #over = false;
  #whole = false;

  constructor(iterator: AsyncIterator<Chunk, unknown, undefined>, options: ChunkStreamOptions) {
    super();
    this.#iterator = iterator;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<Failure | undefined>();
    this.ended = promise;
    this.#settle = resolve;
    streams.set(options.response, this);
  }

  /** Whether all chunks were taken. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Ends it before its time, if its client knows how to go on. */
  end(): void {
    const { farewell } = this.#options;
    if (this.#over || farewell === undefined) return;
    this.#close(clientDisconnected());
    this.push(farewell);
    this.push(null);
  }

  override _read(): void {
    if (!this.#over) void this.#iterator.next().then(this.#given).catch(this.#failed);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (!this.#over) this.#close(error ?? clientDisconnected());
    callback(error);
  }

  /** Many streams wait for their next chunk for long: an asynchronous function would take more memory. */
  readonly #given = ({ value, done }: IteratorResult<Chunk, unknown>): void | Promise<void> => {
    if (this.#over) return;
    if (done === true) {
      this.#checkLength(this.#size, true);
      this.#over = this.#whole = true;
      this.#settle(undefined);
      this.push(null);
      return;
    }
    const bytes = bytesOfChunk(value);
    this.#checkLength(this.#size + bytes.length, false);
    this.#size += bytes.length;
    this.#taken += 1;
    if (this.#taken % TURN === 0) return turn().then(() => this.#pushed(bytes));
    this.#pushed(bytes);
  };

  readonly #failed = (error: unknown): Promise<void> => this.#breakOff(error);

  #pushed(bytes: Uint8Array): void {
    if (!this.#over) this.push(bytes);
  }

  /** More would be taken for the beginning of the next answer, and less would swallow it. */
  #checkLength(size: number, complete: boolean): void {
    const { length } = this.#options;
    if (length === undefined || (complete ? size === length : size <= length)) return;
    throw new RangeError(
      `A stream sends ${complete ? size : `at least ${size}`} bytes, but the content-length of its response is ${length}.`,
    );
  }

  #close(error: unknown): void {
    this.#over = true;
    Promise.resolve(this.#iterator.return?.())
      .catch(this.#options.late)
      .then(() => this.#settle({ error }));
  }

  async #breakOff(error: unknown): Promise<void> {
    const { broken, late, response } = this.#options;
    if (this.#over) return late(error);
    this.#close(error);
    const last = await broken(error).catch(late);
    if (typeof last === 'string') this.push(last);
    // What was sent before still reaches the client.
    await turn();
    response.destroy();
  }
}

/**
 * What is sent of a chunk.
 *
 * @throws TypeError if it is neither text nor bytes
 */
export function bytesOfChunk(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(
    `A stream of chunks sends text or bytes, and was given ${chunk === null ? 'null' : typeof chunk}: leave out responseClass to send items as JSON Lines.`,
  );
}
