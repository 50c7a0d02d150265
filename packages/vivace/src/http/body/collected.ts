import type { Receiver } from './arrival';

/** Who waits for the bytes of a body. */
export interface Waiting {
  take(bytes: Buffer): void;
  fail(error: unknown): void;
}

/** The bytes of a body, as one; nearly always it comes in one piece, and one waits for it. */
export class Collected implements Receiver {
  // A list that begins empty has room for seventeen.
  #chunks: Buffer[] | undefined;
  #waiting: Waiting[] | undefined;
  #bytes: Buffer | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Tells somebody what came of it: at once where it is known. */
  tell(waiting: Waiting): void {
    if (this.#failure !== undefined) waiting.fail(this.#failure.error);
    else if (this.#bytes !== undefined) waiting.take(this.#bytes);
    else if (this.#waiting === undefined) this.#waiting = [waiting];
    else this.#waiting.push(waiting);
  }

  data(chunk: Buffer): void {
    if (this.#chunks === undefined) this.#chunks = [chunk];
    else this.#chunks.push(chunk);
  }
  end(): void {
    const chunks = this.#chunks ?? [];
    const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    this.#bytes = bytes;
    for (const waiting of this.#waiting ?? []) waiting.take(bytes);
  }
  fail(error: unknown): void {
    this.#failure = { error };
    for (const waiting of this.#waiting ?? []) waiting.fail(error);
  }
}
