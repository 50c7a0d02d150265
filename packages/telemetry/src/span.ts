import { trace, type Span as OpenTelemetrySpan } from '@opentelemetry/api';
import { noteError } from './tracing/spans';

/**
 * Makes a span of each call of a method.
 *
 * @param name `Prices.find` by default
 * @example \@Span() async find(product: uuid): Promise<Price> { … }
 */
export function Span(name?: string): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    const type = typeof target === 'function' ? target.name : target.constructor.name;
    const method = descriptor.value as (...given: unknown[]) => unknown;
    const called = name ?? `${type}.${String(key)}`;
    descriptor.value = function (this: unknown, ...given: unknown[]): unknown {
      return trace
        .getTracer('program')
        .startActiveSpan(called, (span) => inside(span, () => method.apply(this, given)));
    };
  };
}

/**
 * The span that runs: undefined where none does.
 *
 * @example currentSpan()?.setAttribute('order.lines', lines.length);
 */
export function currentSpan(): OpenTelemetrySpan | undefined {
  return trace.getActiveSpan();
}

function inside(span: OpenTelemetrySpan, run: () => unknown): unknown {
  const failed = (error: unknown): never => {
    noteError(span, error);
    span.end();
    throw error;
  };
  try {
    const result = run();
    if (result instanceof Promise)
      return result.then((value: unknown) => {
        span.end();
        return value;
      }, failed);
    span.end();
    return result;
  } catch (error) {
    return failed(error);
  }
}
