import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { TraceSettings } from '../settings';
import { contextManager } from './context';
import { SpanQueue, type SpanTarget } from './queue';
import { senderTo } from './sender';
import { SpanTracer } from './tracer';

/** What an application makes spans with. */
export interface SpanProvider {
  readonly tracer: SpanTracer;
  /** Sends what waits, for two seconds at most, and forgets the rest. */
  close(): Promise<void>;
}

/**
 * Has spans sent over HTTP: those of the application, and of every library that knows OpenTelemetry.
 *
 * @param lost told how many spans were not sent, and why
 */
export function openSpans(
  settings: TraceSettings,
  lost: (spans: number, why: string) => void,
): SpanProvider {
  const { url, headers, sampler } = settings;
  const queue = new SpanQueue(targetAt(url, headers), settings, lost);
  const getTracer = (name: string, version?: string): SpanTracer =>
    new SpanTracer({ name, version }, sampler, (span) => queue.add(span));
  context.setGlobalContextManager(contextManager);
  trace.setGlobalTracerProvider({ getTracer });
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    tracer: getTracer('vivace'),
    close: async () => {
      for (const part of [context, trace, propagation]) part.disable();
      await queue.close();
    },
  };
}

function targetAt(url: string, headers: Readonly<Record<string, string>>): SpanTarget {
  const closing = new AbortController();
  const send = senderTo(url, headers, closing.signal);
  return {
    send,
    close: () => closing.abort(new Error('the server was closed')),
  };
}
