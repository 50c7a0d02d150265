import { SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { TraceMessage } from 'vivace/extend';
import type { TraceSettings } from '../settings';
import { contextManager } from './context';
import { incoming } from './incoming';
import { DroppedContext, KEPT_CONTEXT } from './sampling';
import { spansOf } from './spans';

/** Spans of requests, dependencies and entry points: the channels of Vivace. */
export function applicationSpans(
  tracer: Tracer,
  { trusts, dependencies, sampler: { ratio } }: TraceSettings,
): readonly (() => void)[] {
  return [
    spansOf<TraceMessage>('vivace:request', {
      begin: (message) => {
        const { parent, links } = incoming(message.fastify!, trusts);
        // Most are not kept, and cost as little as they can.
        if (parent === undefined && Math.random() >= ratio) {
          message.quiet = true;
          return new DroppedContext();
        }
        const { operation, name } = message;
        const [method = '', route = ''] = operation.split(' ');
        const attributes = {
          'http.request.method': method,
          'http.route': route,
          'code.function.name': name,
        };
        const options = { kind: SpanKind.SERVER, attributes, links };
        return tracer.startSpan(operation, options, parent ?? KEPT_CONTEXT);
      },
      finish: (span, { status, error, request }) => {
        if (status === undefined) span.setAttribute('vivace.aborted', true);
        else span.setAttribute('http.response.status_code', status);
        if (status !== undefined && status >= 500 && error === undefined)
          span.setStatus({ code: SpanStatusCode.ERROR });
        const { id, state } = request!;
        // Middleware may have given it another one.
        span.setAttribute('vivace.request_id', id);
        if (state.userId !== undefined) span.setAttribute('enduser.id', String(state.userId));
      },
      outlives: true,
    }),
    spansOf<TraceMessage>('vivace:entry', {
      begin: ({ name }) => tracer.startSpan(name, { kind: SpanKind.CONSUMER }),
    }),
    ...(dependencies
      ? [
          spansOf<TraceMessage>('vivace:dependency', {
            begin: ({ name, closing }) =>
              isTraced() ? tracer.startSpan(closing === true ? `close ${name}` : name) : undefined,
          }),
        ]
      : []),
  ];
}

/** Whether something runs that has a span which is kept: what a library does by itself, such as a ping, begins no trace. */
export function isTraced(): boolean {
  return trace.getSpan(contextManager.active())?.isRecording() === true;
}
