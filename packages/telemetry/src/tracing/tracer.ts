import {
  type Attributes,
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
import { draw, drawnOf, isKept } from './sampling';

/** What of a span may be known long before it begins. */
export interface Options extends SpanOptions {
  /** Attributes that all spans of its kind have, in one object. */
  readonly constants?: Attributes;
  /** What was drawn for the trace that begins with it. */
  readonly drawn?: number;
}

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

  startSpan(name: string, options: Options = {}, around: Context = contextManager.active()): Span {
    if (isTracingSuppressed(around)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const { constants, attributes, links, startTime } = options;
    const parent = options.root === true ? undefined : parentIn(around);
    const traceId = parent?.traceId ?? newTraceId(options.drawn ?? draw());
    const keeps = this.#keeps(parent, traceId);
    const context: SpanContext = {
      traceId,
      spanId: newSpanId(),
      traceFlags: keeps ? TraceFlags.SAMPLED : TraceFlags.NONE,
    };
    if (parent?.traceState !== undefined) context.traceState = parent.traceState;
    if (!keeps) return trace.wrapSpanContext(context);
    const scope = this.#scope;
    const kind = options.kind ?? SpanKind.INTERNAL;
    return new RecordingSpan(
      { name, scope, context, parent, kind, constants, attributes, links, startTime },
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
    const inner = this.startInner(name, options, around);
    return contextManager.with(inner, run as (span: Span) => ReturnType<F>, undefined, inner.span);
  }

  /** A context in which a span that begins now is the one that runs. */
  startInner(
    name: string,
    options: Options | undefined,
    around: Context = contextManager.active(),
  ): InnerContext {
    return new InnerContext(around, this.startSpan(name, options, around));
  }

  #keeps(parent: SpanContext | undefined, traceId: string): boolean {
    const { parentBased, ratio } = this.#sampler;
    if (parentBased && parent !== undefined) return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    return isKept(drawnOf(traceId), ratio);
  }
}

function parentIn(context: Context): SpanContext | undefined {
  const span = trace.getSpan(context);
  const parent = span?.spanContext();
  // Ours are, and looking at each letter of an id takes time.
  if (span instanceof RecordingSpan) return parent;
  return parent !== undefined && isSpanContextValid(parent) ? parent : undefined;
}
