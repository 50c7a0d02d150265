import { channel } from 'node:diagnostics_channel';
import { propagation, SpanKind, trace, type Span } from '@opentelemetry/api';
import { Remembered } from '../remembered';
import { tracedContext } from './application';
import { contextManager } from './context';
import { noteError, spansOf } from './spans';
import type { SpanTracer } from './tracer';

interface Statement {
  readonly text: string;
}
interface RedisCommand {
  readonly command: string;
  readonly args?: readonly unknown[];
}
interface KafkaSend {
  readonly options: {
    readonly messages: readonly { readonly topic: string; headers?: unknown }[];
  };
}

/** Spans of what libraries do while something runs that has one. */
export function librarySpans(tracer: SpanTracer): readonly (() => void)[] {
  const statements = new Remembered((text) => ({
    name: nameOfStatement(text),
    constants: { 'db.system.name': 'postgresql', 'db.query.text': withoutValues(text) },
  }));
  return [
    spansOf<Statement>('vivace:statement', {
      begin: ({ text }) => {
        const around = tracedContext();
        if (around === undefined) return undefined;
        const { name, constants } = statements.of(text);
        return tracer.startInner(name, { kind: SpanKind.CLIENT, constants }, around);
      },
    }),
    spansOf<RedisCommand>('ioredis:command', {
      begin: ({ command, args = [] }) => {
        const around = tracedContext();
        if (around === undefined) return undefined;
        const prefix = /^[\w.-]{1,40}:/.exec(String(args[0] ?? ''))?.[0];
        const name = prefix === undefined ? command : `${command} ${prefix}*`;
        const attributes = { 'db.system.name': 'redis', 'db.operation.name': command };
        return tracer.startInner(name, { kind: SpanKind.CLIENT, attributes }, around);
      },
    }),
    spansOf<KafkaSend>('plt:kafka:producer:sends', {
      begin: ({ options: { messages } }) => {
        const around = tracedContext();
        if (around === undefined) return undefined;
        const topics = [...new Set(messages.map(({ topic }) => topic))].join(',');
        const attributes = {
          'messaging.system': 'kafka',
          'messaging.destination.name': topics,
          'messaging.batch.message_count': messages.length,
        };
        return tracer.startInner(`${topics} send`, { kind: SpanKind.PRODUCER, attributes }, around);
      },
    }),
    outgoingRequests(tracer),
  ];
}

interface OutgoingRequest {
  readonly origin?: string | URL;
  readonly method?: string;
  addHeader(name: string, value: string): void;
}
interface OutgoingMessage {
  readonly request: OutgoingRequest;
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

/** Calls by `fetch` and undici: a span each, whose id goes with them. */
function outgoingRequests(tracer: SpanTracer): () => void {
  const open = new WeakMap<OutgoingRequest, Span>();
  const end = (request: OutgoingRequest): void => {
    open.get(request)?.end();
    open.delete(request);
  };
  const begin = (request: OutgoingRequest): Span => {
    const { hostname, port, protocol } = new URL(String(request.origin));
    const method = request.method ?? 'GET';
    const span = tracer.startSpan(`${method} ${hostname}`, {
      kind: SpanKind.CLIENT,
      // Not the path and the query: they hold values.
      attributes: {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
      },
    });
    open.set(request, span);
    return span;
  };
  const listeners: Readonly<Record<string, (message: OutgoingMessage) => void>> = {
    create: ({ request }) => {
      const around = trace.getSpan(contextManager.active());
      if (around === undefined) return;
      const span = around.isRecording() ? begin(request) : undefined;
      // Also of a trace that is not kept: who is called keeps nothing of it either.
      const carrier: Record<string, string> = {};
      propagation.inject(withSpan(span ?? around), carrier);
      for (const [name, value] of Object.entries(carrier)) request.addHeader(name, value);
    },
    headers: ({ request, response }) =>
      void open.get(request)?.setAttribute('http.response.status_code', response!.statusCode),
    trailers: ({ request }) => end(request),
    error: ({ request, error }) => {
      const span = open.get(request);
      if (span !== undefined) noteError(span, error);
      end(request);
    },
  };
  const subscriptions = Object.entries(listeners).map(([name, listen]) => {
    const heard = (message: unknown): void => listen(message as OutgoingMessage);
    channel(`undici:request:${name}`).subscribe(heard);
    return () => void channel(`undici:request:${name}`).unsubscribe(heard);
  });
  return () => subscriptions.forEach((stop) => stop());
}

function withSpan(span: Span) {
  return trace.setSpan(contextManager.active(), span);
}

const TABLE = /\b(?:from|into|update|join)\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?/i;

/** `SELECT order`: what it does, and with which table first. */
function nameOfStatement(text: string): string {
  const head = text.slice(0, 2000);
  const verb = /^\s*(\w+)/.exec(head)?.[1]?.toUpperCase() ?? 'SQL';
  const table = TABLE.exec(head)?.[1];
  return table === undefined ? verb : `${verb} ${table}`;
}

/** Values are parameters; what somebody wrote into the text all the same is not shown. */
function withoutValues(text: string): string {
  return text
    .slice(0, 2000)
    .replaceAll(/'(?:[^']|'')*(?:'|$)/g, '?')
    .replaceAll(/(?<![\w$."])\d+(?:\.\d+)?\b/g, '?');
}
