import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { left } from './left';
import type { Failure } from '../scope';

export type Piece = string | Uint8Array;

/** After how many pieces others get a turn: a generator that never waits would keep the process to itself. */
const TURN = 32;

export interface PieceStreamOptions {
  /** Of events: the last text when the server closes. Anything else breaks off, so that the client sees that something is missing. */
  readonly farewell: string | undefined;
  readonly response: ServerResponse;
  /** Takes notice of an error and gives what the client is still told, if anything. */
  readonly broken: (error: unknown) => Promise<string | undefined>;
  /** Takes notice of an error that nobody waits for. */
  readonly late: (error: unknown) => void;
}

const streams = new WeakMap<ServerResponse, PieceStream>();

/** What a response sends piece by piece, if it does. */
export function streamOf(response: ServerResponse): PieceStream | undefined {
  return streams.get(response);
}

/** Pieces on their way to a client: one is taken when there is room for it. */
export class PieceStream extends Readable {
  /** Told when nothing of it runs any more: why it broke off, if it did. */
  readonly ended: Promise<Failure | undefined>;
  readonly #settle: (failure: Failure | undefined) => void;
  readonly #iterator: AsyncIterator<Piece, unknown, undefined>;
  readonly #options: PieceStreamOptions;
  #taken = 0;
  #over = false;
  #whole = false;

  constructor(iterator: AsyncIterator<Piece, unknown, undefined>, options: PieceStreamOptions) {
    super();
    this.#iterator = iterator;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<Failure | undefined>();
    this.ended = promise;
    this.#settle = resolve;
    streams.set(options.response, this);
  }

  /** Whether all pieces were taken. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Ends it before its time, if its client knows how to go on. */
  end(): void {
    const { farewell } = this.#options;
    if (this.#over || farewell === undefined) return;
    this.#close(left());
    this.push(farewell);
    this.push(null);
  }

  override _read(): void {
    if (this.#over) return;
    this.#take().catch((error: unknown) => this.#breakOff(error));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (!this.#over) this.#close(error ?? left());
    callback(error);
  }

  async #take(): Promise<void> {
    const { value, done } = await this.#iterator.next();
    if (this.#over) return;
    if (done === true) {
      this.#over = this.#whole = true;
      this.#settle(undefined);
      this.push(null);
      return;
    }
    const bytes = bytesOf(value);
    this.#taken += 1;
    if (this.#taken % TURN === 0) await turn();
    if (!this.#over) this.push(bytes);
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

function bytesOf(piece: unknown): Uint8Array {
  if (typeof piece === 'string') return Buffer.from(piece);
  if (piece instanceof Uint8Array) return piece;
  throw new TypeError(
    `A stream of chunks sends text or bytes, and was given ${piece === null ? 'null' : typeof piece}: leave out responseClass to send items as JSON Lines.`,
  );
}
