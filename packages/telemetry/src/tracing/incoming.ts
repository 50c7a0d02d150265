import {
  propagation,
  ROOT_CONTEXT,
  trace,
  type Context,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';
import type { Request } from 'vivace';

/** Where a request belongs by its own words. */
export interface Incoming {
  /** The trace that it goes on with. */
  readonly parent: Context;
  /** A trace that somebody says it belongs to, who need not be believed. */
  readonly links: Link[];
}

/**
 * What `traceparent` of a request means: from a proxy that is trusted it is the parent, and decides
 * whether the trace is kept; from anybody else it is linked, as it could fill the collector.
 */
export function incoming(request: Request, trusts: (address: string) => boolean): Incoming {
  const { headers, raw } = request.fastify;
  if (headers['traceparent'] === undefined) return NOTHING;
  const context = propagation.extract(ROOT_CONTEXT, headers);
  const span = trace.getSpanContext(context);
  if (span === undefined) return NOTHING;
  return trusts(raw.socket.remoteAddress ?? '')
    ? { parent: context, links: [] }
    : { parent: ROOT_CONTEXT, links: [{ context: withoutState(span) }] };
}

const NOTHING: Incoming = { parent: ROOT_CONTEXT, links: [] };

function withoutState({ traceId, spanId, traceFlags }: SpanContext): SpanContext {
  return { traceId, spanId, traceFlags, isRemote: true };
}
