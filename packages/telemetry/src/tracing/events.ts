import { channel } from 'node:diagnostics_channel';
import { propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { contextManager } from './context';
import { spansOf } from './spans';
import type { SpanTracer } from './tracer';

interface Publishing {
  readonly name: string;
  readonly topic: string;
  readonly headers: Record<string, string>;
}
interface Delivering {
  readonly name: string;
  readonly group: string;
  readonly topic: string;
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Spans of events: what handles one is below what published it, in whatever process and however much later. */
export function eventSpans(tracer: SpanTracer): readonly (() => void)[] {
  const publish = (message: unknown): void => {
    const { name, topic, headers } = message as Publishing;
    const span = tracer.startSpan(`publish ${name}`, {
      kind: SpanKind.PRODUCER,
      attributes: { 'messaging.destination.name': topic, 'messaging.message.type': name },
    });
    propagation.inject(trace.setSpan(contextManager.active(), span), headers);
    span.end();
  };
  channel('vivace:publish').subscribe(publish);
  return [
    () => void channel('vivace:publish').unsubscribe(publish),
    spansOf<Delivering>('vivace:delivery', {
      begin: ({ name, group, topic, attempt, headers }) =>
        tracer.startInner(
          `${topic} → ${name}`,
          {
            kind: SpanKind.CONSUMER,
            attributes: {
              'messaging.destination.name': topic,
              'messaging.consumer.group.name': group,
              'messaging.delivery.attempt': attempt,
            },
          },
          propagation.extract(ROOT_CONTEXT, headers),
        ),
    }),
  ];
}
