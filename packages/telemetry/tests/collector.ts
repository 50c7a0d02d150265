import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as it arrives in JSON of OTLP. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly service: unknown;
}

interface Value {
  readonly [kind: string]: unknown;
}
type Attributes = readonly { readonly key: string; readonly value: Value }[];
interface Message {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Attributes };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<ReceivedSpan, 'attributes'> & { attributes: Attributes })[];
    }[];
  }[];
}

/** Takes what is sent by OTLP over HTTP in JSON, and keeps its spans. */
export class Collector implements AsyncDisposable {
  readonly spans: ReceivedSpan[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  /** The whole of what was sent. */
  readonly texts: string[] = [];
  /** What it answers with, in place of taking it. */
  answer: ((reply: ServerResponse) => void) | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Collector> {
    const server = createServer((request, reply) => {
      void (async () => {
        const message = (await json(request)) as Message;
        collector.headers.push(request.headers);
        if (collector.answer !== undefined) return collector.answer(reply);
        collector.texts.push(JSON.stringify(message));
        for (const { resource, scopeSpans } of message.resourceSpans)
          for (const { spans } of scopeSpans)
            for (const span of spans)
              collector.spans.push({
                ...span,
                attributes: valuesOf(span.attributes),
                service: valuesOf(resource.attributes)['service.name'],
              });
        reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      })();
    });
    const collector = new Collector(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  /** What a server is built with, so that it sends here. */
  get env(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` } as never;
  }

  /** Waits for a span; the limit of the test is the limit. */
  async span(name: string): Promise<ReceivedSpan> {
    while (this.#server.listening) {
      const found = this.spans.find((span) => span.name === name);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`The span '${name}' did not come; these did: ${this.#names}.`);
  }

  get #names(): string {
    return this.spans.map((span) => span.name).join(', ');
  }

  /** The names of a span and of those around it, the innermost first. */
  path(span: ReceivedSpan): readonly string[] {
    const parent = this.spans.find(
      ({ spanId, traceId }) => spanId === span.parentSpanId && traceId === span.traceId,
    );
    return parent === undefined ? [span.name] : [span.name, ...this.path(parent)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function valuesOf(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [kind, content] = Object.entries(value)[0]!;
      return [key, kind === 'intValue' ? Number(content) : content];
    }),
  );
}
