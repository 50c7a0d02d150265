import { randomUUID } from 'node:crypto';
import {
  createContextKey,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';

const KEPT = createContextKey('vivace.kept');

/** What a trace begins in that was chosen to be kept. */
export const KEPT_CONTEXT: Context = ROOT_CONTEXT.setValue(KEPT, true);

/** Whether it was chosen already. */
export function isKept(context: Context): boolean {
  return context.getValue(KEPT) === true;
}

/**
 * The context of a trace that is not kept: what happens in it makes no spans, and others whom it
 * calls are told so. Its ids are made when somebody looks at them.
 */
export function droppedContext(): Context {
  return trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext(new DroppedSpan()));
}

class DroppedSpan implements SpanContext {
  readonly traceFlags = TraceFlags.NONE;
  #id: string | undefined;

  get traceId(): string {
    return (this.#id ??= randomUUID().replaceAll('-', ''));
  }
  get spanId(): string {
    return this.traceId.slice(16);
  }
}
