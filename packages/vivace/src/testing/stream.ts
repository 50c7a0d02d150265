import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server } from '../declare/server';
import { afterworkOf } from '../http/pending';
import { unhandledOf } from '../http/unhandled';
import { connect, headersOf, type Connection } from './connection';
import { parseEvents, type ReceivedEvent } from './events';
import type { Sending } from './sending';

/** An answer that is read while it is sent; an `AsyncIterable` of its text. */
export interface TestStream extends AsyncDisposable, AsyncIterable<string> {
  /** The status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The address. */
  readonly url: string;
  /** The lines: of JSON Lines, each a value. */
  lines(): AsyncIterable<string>;
  /** The events of a server-sent stream. */
  events(): AsyncIterable<ReceivedEvent>;
  /** Leaves, if it has not ended, and waits until the application has cleaned up. */
  close(): Promise<void>;
}

/** Sends a request without a network, and gives its answer when it begins. */
export async function openStream(
  server: Server,
  { method, address, headers, payload, ip, raiseErrors, signal }: Sending,
): Promise<ClientStream> {
  const connection = connect(server, ip, address);
  const served = Promise.withResolvers<readonly [IncomingMessage, ServerResponse]>();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.socket === connection.server) served.resolve([request, response]);
  };
  server.fastify.server.prependListener('request', onRequest);
  const length = Buffer.isBuffer(payload?.content)
    ? { 'content-length': payload.content.length }
    : {};
  const request = send({
    createConnection: () => connection.client,
    method,
    path: `${address.pathname}${address.search}`,
    headers: { ...headers, ...length },
    setHost: false,
    ...(signal !== undefined && { signal }),
  });
  try {
    const received = new Promise<IncomingMessage>((resolve, reject) =>
      request.once('response', resolve).once('error', reject),
    );
    const content = payload?.content ?? Buffer.alloc(0);
    if (Buffer.isBuffer(content)) request.end(content);
    else content.pipe(request);
    const response = await received;
    const [raw, reply] = await served.promise;
    const error = (): unknown => (raiseErrors ? unhandledOf(raw)?.error : undefined);
    if (error() !== undefined) throw error();
    return new ClientStream(response, address.href, () => leave(connection, reply), error);
  } finally {
    server.fastify.server.off('request', onRequest);
  }
}

async function leave({ client }: Connection, reply: ServerResponse): Promise<void> {
  client.destroy();
  await afterworkOf(reply);
}

export class ClientStream implements TestStream {
  readonly headers: Headers;
  readonly #chunks: AsyncIterator<unknown>;
  readonly #decoder = new TextDecoder();
  #text = '';

  readonly #response: IncomingMessage;
  readonly #leave: () => Promise<void>;
  readonly #unhandled: () => unknown;

  constructor(
    response: IncomingMessage,
    readonly url: string,
    leave: () => Promise<void>,
    unhandled: () => unknown,
  ) {
    this.#response = response;
    this.#leave = leave;
    this.#unhandled = unhandled;

    this.headers = headersOf(response.headers);
    this.#chunks = response.iterator({ destroyOnReturn: false });
    // Whoever reads is told of it.
    response.on('error', () => {});
  }

  get status(): number {
    return this.#response.statusCode ?? 0;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    while (this.#text !== '' || (await this.#more())) {
      const text = this.#text;
      this.#text = '';
      if (text !== '') yield text;
    }
  }

  lines(): AsyncGenerator<string, void, undefined> {
    return this.#parts(/\r?\n/);
  }

  async *events(): AsyncGenerator<ReceivedEvent, void, undefined> {
    for await (const block of this.#parts(/\r\n\r\n|\n\n|\r\r/)) yield* parseEvents(block);
  }

  close(): Promise<void> {
    return this.#leave();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What stands between separators; a loop that ends early may be followed by another. */
  async *#parts(separator: RegExp): AsyncGenerator<string, void, undefined> {
    do {
      for (
        let found = separator.exec(this.#text);
        found !== null;
        found = separator.exec(this.#text)
      ) {
        const part = this.#text.slice(0, found.index);
        this.#text = this.#text.slice(found.index + found[0].length);
        yield part;
      }
    } while (await this.#more());
    const rest = this.#text;
    this.#text = '';
    if (rest !== '') yield rest;
  }

  /** Reads on; false at the end. */
  async #more(): Promise<boolean> {
    try {
      const { value, done } = await this.#chunks.next();
      this.#text += this.#decoder.decode(value, {
        stream: done !== true,
      });
      return done !== true;
    } catch (error) {
      throw this.#unhandled() ?? error;
    }
  }
}
