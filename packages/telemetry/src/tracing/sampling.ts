import {
  createContextKey,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { newSpanId, newTraceId } from './ids';

const KEPT = createContextKey('vivace.kept');

/** What a trace begins in that was chosen to be kept. */
export const KEPT_CONTEXT: Context = ROOT_CONTEXT.setValue(KEPT, true);

/** Whether it was chosen already. */
export function isKept(context: Context): boolean {
  return context.getValue(KEPT) === true;
}

/**
 * The context of a trace that is not kept: what happens in it makes no spans, and others whom it
 * calls are told so. It is made when somebody looks at it, since most requests begin one.
 */
export class DroppedContext implements Context {
  #made: Context | undefined;

  getValue(key: symbol): unknown {
    return this.#context.getValue(key);
  }
  setValue(key: symbol, value: unknown): Context {
    return this.#context.setValue(key, value);
  }
  deleteValue(key: symbol): Context {
    return this.#context.deleteValue(key);
  }

  get #context(): Context {
    return (this.#made ??= trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext(droppedSpan())));
  }
}

function droppedSpan(): SpanContext {
  return { traceId: newTraceId(), spanId: newSpanId(), traceFlags: TraceFlags.NONE };
}
