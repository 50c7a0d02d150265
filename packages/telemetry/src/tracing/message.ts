import type { SpanWriter } from './otlp';
import type { RecordingSpan, Scope } from './recording-span';

/**
 * Spans as a message to a collector: those of one library that follow each other stand together.
 *
 * @param resource the attributes of who sends it, as the writer writes them
 */
export function messageOf(
  spans: readonly RecordingSpan[],
  writer: SpanWriter,
  resource: string,
): Buffer {
  let text = `{"resourceSpans":[{"resource":{"attributes":${resource}},"scopeSpans":[`;
  let before: Scope | undefined;
  for (const span of spans) {
    const { scope } = span.beginning;
    text += before !== undefined && isSame(scope, before) ? ',' : beginOf(scope, before);
    text += writer.span(span);
    before = scope;
  }
  return Buffer.from(`${text}]}]}]}`);
}

function isSame(one: Scope, other: Scope): boolean {
  return one === other || (one.name === other.name && one.version === other.version);
}

function beginOf({ name, version }: Scope, before: Scope | undefined): string {
  return `${before === undefined ? '' : ']},'}{"scope":${JSON.stringify({ name, version })},"spans":[`;
}
