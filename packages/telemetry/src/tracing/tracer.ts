import {
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  SpanKind,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { SamplerSettings } from '../settings';
import { contextManager } from './context';
import { newSpanId, newTraceId } from './ids';
import { InnerContext } from './inner-context';
import { RecordingSpan, type Scope } from './recording-span';
import { isKept } from './sampling';

/** Makes the spans of one library, by the interface of OpenTelemetry. */
export class SpanTracer implements Tracer {
  readonly #scope: Scope;
  readonly #sampler: SamplerSettings;
  readonly #ended: (span: RecordingSpan) => void;

  /** @param ended told of each span that is kept, when it ends */
  constructor(scope: Scope, sampler: SamplerSettings, ended: (span: RecordingSpan) => void) {
    this.#scope = scope;
    this.#sampler = sampler;
    this.#ended = ended;
  }

  startSpan(
    name: string,
    { kind = SpanKind.INTERNAL, root = false, attributes, links, startTime }: SpanOptions = {},
    around: Context = contextManager.active(),
  ): Span {
    if (isTracingSuppressed(around)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const parent = root ? undefined : parentIn(around);
    const traceId = parent?.traceId ?? newTraceId();
    const keeps = this.#keeps(around, parent, traceId);
    const context: SpanContext = {
      traceId,
      spanId: newSpanId(),
      traceFlags: keeps ? TraceFlags.SAMPLED : TraceFlags.NONE,
    };
    if (parent?.traceState !== undefined) context.traceState = parent.traceState;
    if (!keeps) return trace.wrapSpanContext(context);
    const scope = this.#scope;
    return new RecordingSpan(
      { name, scope, context, parent, kind, attributes, links, startTime },
      this.#ended,
    );
  }

  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    ...given: [F] | [SpanOptions, F] | [SpanOptions, Context, F]
  ): ReturnType<F> {
    const run = given.at(-1) as F;
    const [options, around = contextManager.active()] = given.slice(0, -1) as [
      SpanOptions?,
      Context?,
    ];
    const span = this.startSpan(name, options, around);
    return contextManager.with(
      new InnerContext(around, span),
      run as (span: Span) => ReturnType<F>,
      undefined,
      span,
    );
  }

  #keeps(around: Context, parent: SpanContext | undefined, traceId: string): boolean {
    const { parentBased, ratio } = this.#sampler;
    if (parentBased && parent !== undefined) return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    // By its id, so that processes which share a trace keep the same ones.
    return isKept(around) || parseInt(traceId.slice(-8), 16) < ratio * 2 ** 32;
  }
}

function parentIn(context: Context): SpanContext | undefined {
  const span = trace.getSpan(context);
  const parent = span?.spanContext();
  // Ours are, and looking at each letter of an id takes time.
  if (span instanceof RecordingSpan) return parent;
  return parent !== undefined && isSpanContextValid(parent) ? parent : undefined;
}
