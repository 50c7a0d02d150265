import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
} from '@opentelemetry/api';
import type { TraceMessage } from 'vivace/extend';
import { Remembered } from '../remembered';
import type { TraceSettings } from '../settings';
import { contextManager } from './context';
import { incoming } from './incoming';
import { DroppedContext, draw, isKept } from './sampling';
import { spansOf } from './spans';
import type { SpanTracer } from './tracer';

/** Spans of requests, dependencies and entry points: the channels of Vivace. */
export function applicationSpans(
  tracer: SpanTracer,
  { trusts, dependencies, sampler: { ratio } }: TraceSettings,
): readonly (() => void)[] {
  const routes = new Remembered(attributesOfRoute);
  return [
    spansOf<TraceMessage>('vivace:request', {
      begin: (message) => {
        const { parent, links } = incoming(message.fastify!, trusts);
        // Most are not kept, and cost as little as they can.
        const drawn = draw();
        if (parent === undefined && !isKept(drawn, ratio)) {
          message.quiet = true;
          return new DroppedContext(drawn);
        }
        const { operation, name } = message;
        const attributes = { 'code.function.name': name };
        const constants = routes.of(operation);
        const options = { kind: SpanKind.SERVER, constants, attributes, links, drawn };
        return tracer.startInner(operation, options, parent ?? ROOT_CONTEXT);
      },
      finish: (span, { status, error, id, userId }) => {
        if (status === undefined) span.setAttribute('vivace.aborted', true);
        else span.setAttribute('http.response.status_code', status);
        if (status !== undefined && status >= 500 && error === undefined)
          span.setStatus({ code: SpanStatusCode.ERROR });
        // Middleware may have given it another one.
        span.setAttribute('vivace.request_id', id!);
        if (userId !== undefined) span.setAttribute('enduser.id', String(userId));
      },
      outlives: true,
    }),
    spansOf<TraceMessage>('vivace:entry', {
      begin: ({ name }) => tracer.startInner(name, { kind: SpanKind.CONSUMER }),
    }),
    ...(dependencies
      ? [
          spansOf<TraceMessage>('vivace:dependency', {
            begin: ({ name, closing }) => {
              const around = tracedContext();
              if (around === undefined) return undefined;
              return tracer.startInner(closing === true ? `close ${name}` : name, {}, around);
            },
          }),
        ]
      : []),
  ];
}

function attributesOfRoute(operation: string): Attributes {
  const [method = '', route = ''] = operation.split(' ');
  return { 'http.request.method': method, 'http.route': route };
}

/** What runs now that has a span which is kept: what a library does by itself, such as a ping, begins no trace. */
export function tracedContext(): Context | undefined {
  const context = contextManager.active();
  return trace.getSpan(context)?.isRecording() === true ? context : undefined;
}
