import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import type { Asked, Mount } from '../http/mounted-apps';
import { rooted, type FetchHandler } from './mount';
import { headersOf, passedOn } from '../http/passed-headers';
import { PassedResponse } from '../http/passed-response';

const WITHOUT_BODY = ['GET', 'HEAD'];

/** A fetch handler below a path; it sees addresses without that path. */
export class FetchMount implements Mount {
  readonly #handler: FetchHandler;

  constructor(
    readonly path: string,
    readonly host: RegExp | undefined,
    handler: FetchHandler,
  ) {
    this.#handler = handler;
  }

  async answer({ request, exchange, rest }: Asked): Promise<Response> {
    const { method, headers } = exchange.request;
    const body = WITHOUT_BODY.includes(method)
      ? null
      : (Readable.toWeb(exchange.bodyReader.stream()) as ReadableStream<Uint8Array>);
    const init = {
      method,
      headers: passedOn(headers),
      body,
      duplex: 'half',
      signal: exchange.signal,
    };
    const incoming = new globalThis.Request(addressOf(request, rest), init as RequestInit);
    // The signal of a request that is garbage is not aborted any more.
    exchange.fastifyReply.raw.once('close', () => void incoming);
    const answer: unknown = await this.#handler(incoming);
    if (!isResponse(answer))
      throw new TypeError(`The fetch handler below ${this.path} gave no Response.`);
    return new PassedResponse(answer.status, headersOf(answer), streamOf(answer.body));
  }
}

/** Libraries bring a `Response` of their own, which is no instance of the global one. */
function isResponse(
  answer: unknown,
): answer is Pick<globalThis.Response, 'status' | 'headers' | 'body'> {
  const { status, headers } = (answer ?? {}) as Partial<globalThis.Response>;
  return typeof status === 'number' && typeof headers?.[Symbol.iterator] === 'function';
}

function streamOf(body: globalThis.Response['body']): Readable {
  if (body === null) return Readable.from([]);
  return body instanceof ReadableStream
    ? Readable.fromWeb(body as WebStream<Uint8Array>)
    : Readable.from(body);
}

function addressOf({ protocol, host }: FastifyRequest, rest: string): URL {
  const origin = `${protocol}://${host}`;
  if (!URL.canParse(origin)) throw new HTTPException(400, 'The Host header is malformed');
  return new URL(origin + rooted(rest));
}
