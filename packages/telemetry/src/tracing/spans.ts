import { tracingChannel, type Channel, type ChannelListener } from 'node:diagnostics_channel';
import { SpanStatusCode, type Context, type Span } from '@opentelemetry/api';
import { HTTPException, RequestValidationError } from 'vivace';
import { messageOf } from 'vivace/extend';
import { isSecondDelivery } from '../second-delivery';
import { contextManager, contexts } from './context';
import { InnerContext } from './inner-context';
import type { DroppedContext } from './sampling';

/** How spans are made of what a channel publishes. */
export interface Spanning<M> {
  /** The context that a message runs in, with a span of its own or none; undefined: that around it. */
  readonly begin: (message: M) => InnerContext | DroppedContext | undefined;
  /** What is known at its end. */
  readonly finish?: (span: Span, message: M) => void;
  /** Whether the end of the call is not that of the span. */
  readonly outlives?: boolean;
}

/** The span of a message stands on it: a map of all messages would cost the collection of garbage more than the spans. */
const SPAN = Symbol('span');
type Spanned<M> = M & { [SPAN]?: Span | undefined };

interface Ended {
  readonly error?: unknown;
  /** Of the channels of Vivace: it has ended without waiting. */
  readonly immediate?: boolean;
}

/**
 * Makes spans of what a tracing channel publishes; what happens inside has them as its parent.
 *
 * @returns ends it
 */
export function spansOf<M extends object>(
  name: string,
  { begin, finish, outlives = false }: Spanning<M>,
): () => void {
  const channel = tracingChannel<Context, M>(name);
  const enter = (message: Spanned<M>): Context => {
    const begun = begin(message);
    if (begun instanceof InnerContext) message[SPAN] = begun.span;
    return begun ?? contextManager.active();
  };
  const end = (message: Spanned<M>): void => {
    const span = message[SPAN];
    if (span === undefined) return;
    message[SPAN] = undefined;
    finish?.(span, message);
    span.end();
  };
  const returned = (message: M): void => {
    const { error, immediate } = message as Ended;
    if (!outlives && (immediate === true || error !== undefined)) end(message);
  };
  const failed = (message: Spanned<M>): void => {
    const span = message[SPAN];
    if (span !== undefined) noteError(span, (message as Ended).error);
  };
  channel.start.bindStore(contexts, enter);
  const stop = [
    listen(channel.end, returned),
    listen(channel.asyncEnd, end),
    listen(channel.error, failed),
  ];
  return () => {
    for (const each of stop) each();
    channel.start.unbindStore(contexts);
  };
}

function listen<M>(channel: Channel<unknown, M>, heard: (message: M) => void): () => void {
  const listener = heard as ChannelListener;
  channel.subscribe(listener);
  return () => void channel.unsubscribe(listener);
}

/** What is an answer to a client, or a second delivery, is no error of a span. */
export function noteError(span: Span, error: unknown): void {
  if (isSecondDelivery(error)) return;
  if (error instanceof RequestValidationError) return;
  if (error instanceof HTTPException && error.status < 500) return;
  const message = messageOf(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.recordException({ name: error instanceof Error ? String(error.name) : 'Error', message });
}
