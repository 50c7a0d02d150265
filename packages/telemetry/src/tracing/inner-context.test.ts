import { createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { InnerContext } from './inner-context';

const span = (id: number) =>
  trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: String(id).repeat(16), traceFlags: 1 });
const KEY = createContextKey('of a program');

describe('a context with another span', () => {
  const outer = new InnerContext(ROOT_CONTEXT.setValue(KEY, 'kept'), span(1));
  const inner = new InnerContext(outer, span(2));

  it('has that span for OpenTelemetry, and the other values of the one around it', () => {
    expect(trace.getSpanContext(inner)?.spanId).toBe('2'.repeat(16));
    expect(trace.getSpanContext(outer)?.spanId).toBe('1'.repeat(16));
    expect(inner.getValue(KEY)).toBe('kept');
  });

  it('is what contexts of OpenTelemetry are made of, which keep the span', () => {
    const changed = inner.setValue(KEY, 'changed');
    expect(changed.getValue(KEY)).toBe('changed');
    expect(trace.getSpanContext(changed)?.spanId).toBe('2'.repeat(16));
    expect(inner.deleteValue(KEY).getValue(KEY)).toBeUndefined();
    expect(trace.getSpanContext(inner.deleteValue(KEY))?.spanId).toBe('2'.repeat(16));
    expect(trace.getSpan(trace.deleteSpan(inner))).toBeUndefined();
    expect(trace.deleteSpan(inner).getValue(KEY)).toBe('kept');
  });
});
