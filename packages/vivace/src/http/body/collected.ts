import type { Receiver } from './arrival';

interface Waiting {
  readonly take: (bytes: Buffer) => void;
  readonly fail: (error: unknown) => void;
}

/** The bytes of a body, as one; nearly always it comes in one piece, and somebody waits for it. */
export class Collected implements Receiver {
  readonly #chunks: Buffer[] = [];
  readonly #waiting: Waiting[] = [];
  #bytes: Buffer | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Calls one of two functions: at once where it is known which. */
  give(take: Waiting['take'], fail: Waiting['fail']): void {
    if (this.#failure !== undefined) fail(this.#failure.error);
    else if (this.#bytes !== undefined) take(this.#bytes);
    else this.#waiting.push({ take, fail });
  }

  data(chunk: Buffer): void {
    this.#chunks.push(chunk);
  }
  end(): void {
    const chunks = this.#chunks;
    const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    this.#bytes = bytes;
    for (const { take } of this.#waiting) take(bytes);
  }
  fail(error: unknown): void {
    this.#failure = { error };
    for (const { fail } of this.#waiting) fail(error);
  }
}
