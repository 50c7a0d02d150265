import { context, propagation, trace, type Context, type Tracer } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SamplingResult,
} from '@opentelemetry/sdk-trace';
import type { TraceSettings } from '../settings';
import { contextManager } from './context';
import { SpanQueue, type SpanTarget } from './queue';
import { isKept } from './sampling';
import { senderTo } from './sender';

/** What an application makes spans with: the one file that knows the SDK, whose names are in motion. */
export interface Sdk {
  readonly tracer: Tracer;
  /** Sends what waits, for two seconds at most, and forgets the rest. */
  close(): Promise<void>;
}

/**
 * Has spans sent over HTTP.
 *
 * @param lost told how many spans were not sent, and why
 */
export function openSdk(settings: TraceSettings, lost: (spans: number, why: string) => void): Sdk {
  const { url, headers, resource, sampler, redact } = settings;
  const ratio = new ChosenSampler(sampler.ratio);
  const queue = new SpanQueue(targetAt(url, headers), redact, lost);
  const provider = new TracerProvider({
    resource: resourceFromAttributes(resource),
    sampler: sampler.parentBased ? new ParentBasedSampler({ root: ratio }) : ratio,
    spanProcessors: [queue],
  });
  // Libraries that know OpenTelemetry join in.
  context.setGlobalContextManager(contextManager);
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    tracer: provider.getTracer('vivace'),
    close: async () => {
      for (const part of [context, trace, propagation]) part.disable();
      await queue.shutdown();
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

/** Keeps what was chosen when it began, else a part. */
class ChosenSampler extends TraceIdRatioBasedSampler {
  override shouldSample(context: Context, traceId: string): SamplingResult {
    return isKept(context)
      ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
      : super.shouldSample(context, traceId);
  }
}
