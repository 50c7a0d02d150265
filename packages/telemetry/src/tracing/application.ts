import { SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { TraceMessage } from 'vivace/extend';
import type { TraceSettings } from '../settings';
import { contextManager } from './context';
import { incoming } from './incoming';
import { spansOf } from './spans';

/** Spans of requests, dependencies and entry points: the channels of Vivace. */
export function applicationSpans(
  tracer: Tracer,
  { trusts, dependencies }: TraceSettings,
): readonly (() => void)[] {
  return [
    spansOf<TraceMessage>('vivace:request', {
      begin: ({ operation, name, request }) => {
        const [method = '', route = ''] = operation.split(' ');
        const { parent, links } = incoming(request!, trusts);
        const attributes = {
          'http.request.method': method,
          'http.route': route,
          'code.function.name': name,
        };
        return tracer.startSpan(operation, { kind: SpanKind.SERVER, attributes, links }, parent);
      },
      finish: (span, { status, error, request }) => {
        if (status === undefined) span.setAttribute('vivace.aborted', true);
        else span.setAttribute('http.response.status_code', status);
        if (status !== undefined && status >= 500 && error === undefined)
          span.setStatus({ code: SpanStatusCode.ERROR });
        // Middleware may have given it another one.
        span.setAttribute('vivace.request_id', request!.id);
        const { userId } = request!.state;
        if (userId !== undefined) span.setAttribute('enduser.id', String(userId));
      },
      outlives: true,
    }),
    spansOf<TraceMessage>('vivace:entry', {
      begin: ({ name }) => tracer.startSpan(name, { kind: SpanKind.CONSUMER }),
    }),
    ...(dependencies
      ? [
          spansOf<TraceMessage>('vivace:dependency', {
            begin: ({ name }) => tracer.startSpan(name),
          }),
        ]
      : []),
  ];
}

/** Whether something runs that has a span: what a library does by itself, such as a ping, begins no trace. */
export function isTraced(): boolean {
  return trace.getSpan(contextManager.active()) !== undefined;
}
