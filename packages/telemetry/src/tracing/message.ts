import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SpanWriter } from './otlp';

/** Spans that are sent together: bytes, so that nothing of them has to be kept alive. */
export class SpanMessage {
  readonly #writer: SpanWriter;
  readonly #parts: Buffer[] = [];
  #scope: string | undefined;
  #count = 0;

  constructor(writer: SpanWriter) {
    this.#writer = writer;
  }

  get count(): number {
    return this.#count;
  }

  add(span: ReadableSpan): void {
    this.#parts.push(Buffer.from(this.#leadTo(span) + this.#writer.span(span)));
    this.#count += 1;
  }

  get body(): Uint8Array {
    return Buffer.concat([...this.#parts, Buffer.from(this.#count === 0 ? '{}' : ']}]}]}')]);
  }

  /** What stands before a span: neighbours of one library stand together. */
  #leadTo({ instrumentationScope, resource }: ReadableSpan): string {
    const { name, version } = instrumentationScope;
    const scope = JSON.stringify({ name, version });
    const before = this.#scope;
    this.#scope = scope;
    if (before === scope) return ',';
    const begin = `{"scope":${scope},"spans":[`;
    if (before !== undefined) return `]},${begin}`;
    const attributes = this.#writer.attributes(resource.attributes);
    return `{"resourceSpans":[{"resource":{"attributes":${attributes}},"scopeSpans":[${begin}`;
  }
}
