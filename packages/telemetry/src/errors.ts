import { channel, tracingChannel } from 'node:diagnostics_channel';
import { trace } from '@opentelemetry/api';
import type { FastifyBaseLogger } from 'fastify';
import type { TraceMessage, UnhandledMessage } from 'vivace/extend';
import type { ErrorContext, ErrorListener } from './options';
import { isSecondDelivery } from './second-delivery';

/**
 * Tells of each error that nobody handled, of requests and of entry points, once.
 *
 * @returns ends it
 */
export function tellErrors(listener: ErrorListener, log: FastifyBaseLogger): () => void {
  const told = new WeakSet<object>();
  const tell = (error: unknown, context: Omit<ErrorContext, 'traceId'>): void => {
    if (typeof error === 'object' && error !== null) {
      if (told.has(error)) return;
      told.add(error);
    }
    const traceId = trace.getActiveSpan()?.spanContext().traceId;
    try {
      listener(error, { ...context, ...(traceId !== undefined && { traceId }) });
    } catch (err) {
      log.error({ err }, 'The function `errors` of telemetry failed');
    }
  };
  const unhandled = (message: unknown): void => {
    const { error, operation = 'unknown', requestId } = message as UnhandledMessage;
    tell(error, { operation, requestId });
  };
  const entries = tracingChannel<unknown, TraceMessage>('vivace:entry');
  const failed = (message: object): void => {
    const { error, operation } = message as TraceMessage;
    if (!isSecondDelivery(error)) tell(error, { operation });
  };
  channel('vivace:unhandled').subscribe(unhandled);
  entries.error.subscribe(failed as (message: unknown) => void);
  return () => {
    channel('vivace:unhandled').unsubscribe(unhandled);
    entries.error.unsubscribe(failed as (message: unknown) => void);
  };
}
