import {
  propagation,
  ROOT_CONTEXT,
  trace,
  type Context,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';

/** Where a request belongs by its own words. */
export interface Incoming {
  /** The trace that it goes on with; undefined: one begins here. */
  readonly parent: Context | undefined;
  /** A trace that somebody says it belongs to, who need not be believed. */
  readonly links: Link[];
}

/**
 * What `traceparent` of a request means: from a proxy that is trusted it is the parent, and decides
 * whether the trace is kept; from anybody else it is linked, as it could fill the collector.
 */
export function incoming(
  { headers, raw }: FastifyRequest,
  trusts: (address: string) => boolean,
): Incoming {
  if (headers['traceparent'] === undefined) return NOTHING;
  const context = propagation.extract(ROOT_CONTEXT, headers);
  const span = trace.getSpanContext(context);
  if (span === undefined) return NOTHING;
  return trusts(raw.socket.remoteAddress ?? '')
    ? { parent: context, links: [] }
    : { parent: undefined, links: [{ context: withoutState(span) }] };
}

const NOTHING: Incoming = { parent: undefined, links: [] };

function withoutState({ traceId, spanId, traceFlags }: SpanContext): SpanContext {
  return { traceId, spanId, traceFlags, isRemote: true };
}
