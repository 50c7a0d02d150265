import type { SpanWriter } from './otlp';
import type { RecordingSpan, Scope } from './recording-span';

/** Bytes that a message has room for at first. */
const ROOM = 64 * 1024;
/** Bytes of UTF-8 that one unit of a text takes at most. */
const WIDEST = 3;

/** Spans that are sent together: bytes, so that nothing of them has to be kept alive. */
export class SpanMessage {
  readonly #writer: SpanWriter;
  readonly #resource: string;
  #bytes = Buffer.allocUnsafeSlow(ROOM);
  #length = 0;
  #scope: Scope | undefined;
  #count = 0;

  /** @param resource the attributes of who sends it, as the writer writes them */
  constructor(writer: SpanWriter, resource: string) {
    this.#writer = writer;
    this.#resource = resource;
  }

  get count(): number {
    return this.#count;
  }

  add(span: RecordingSpan): void {
    this.#write(this.#leadTo(span.beginning.scope) + this.#writer.span(span));
    this.#count += 1;
  }

  /** Ends it: nothing can be added then. */
  end(): Uint8Array {
    this.#write(this.#count === 0 ? '{}' : ']}]}]}');
    return this.#bytes.subarray(0, this.#length);
  }

  #write(text: string): void {
    const needed = this.#length + text.length * WIDEST;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** What stands before a span: neighbours of one library stand together. */
  #leadTo(scope: Scope): string {
    const { name, version } = scope;
    const before = this.#scope;
    if (before?.name === name && before.version === version) return ',';
    this.#scope = scope;
    const begin = `{"scope":${JSON.stringify({ name, version })},"spans":[`;
    if (before !== undefined) return `]},${begin}`;
    return `{"resourceSpans":[{"resource":{"attributes":${this.#resource}},"scopeSpans":[${begin}`;
  }
}
