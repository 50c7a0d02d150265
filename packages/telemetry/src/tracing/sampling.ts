import { ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { newSpanId, newTraceId } from './ids';

/** What can be drawn: the last eight digits of the id of a trace. */
const RANGE = 2 ** 32;

/** Draws whether a trace is kept. It goes into its id, so that all who share the trace choose alike. */
export const draw = (): number => Math.floor(Math.random() * RANGE);

/** What was drawn for a trace, here or elsewhere. */
export const drawnOf = (traceId: string): number => parseInt(traceId.slice(-8), 16);

/** @param ratio the part of all traces that are kept */
export const isKept = (drawn: number, ratio: number): boolean => drawn < Math.floor(ratio * RANGE);

/**
 * The context of a trace that is not kept: what happens in it makes no spans, and others whom it
 * calls are told so. It is made when somebody looks at it, since most requests begin one.
 */
export class DroppedContext implements Context {
  readonly #drawn: number;
  #made: Context | undefined;

  constructor(drawn: number) {
    this.#drawn = drawn;
  }

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
    return (this.#made ??= trace.setSpanContext(ROOT_CONTEXT, {
      traceId: newTraceId(this.#drawn),
      spanId: newSpanId(),
      traceFlags: TraceFlags.NONE,
    }));
  }
}
