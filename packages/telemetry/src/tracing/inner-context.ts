import { createContextKey, type Context, type Span } from '@opentelemetry/api';

/** The name under which OpenTelemetry keeps the span of a context. */
const SPAN = createContextKey('OpenTelemetry Context Key SPAN');

/** A context with another span: `trace.setSpan` would copy all that a context holds. */
export class InnerContext implements Context {
  readonly #base: Context;
  readonly span: Span;

  constructor(base: Context, span: Span) {
    // Not a chain of all spans, which would be kept alive by the last one.
    this.#base = base instanceof InnerContext ? base.#base : base;
    this.span = span;
  }

  getValue(key: symbol): unknown {
    return key === SPAN ? this.span : this.#base.getValue(key);
  }
  setValue(key: symbol, value: unknown): Context {
    return this.#base.setValue(SPAN, this.span).setValue(key, value);
  }
  deleteValue(key: symbol): Context {
    return key === SPAN
      ? this.#base.deleteValue(key)
      : this.#base.setValue(SPAN, this.span).deleteValue(key);
  }
}
