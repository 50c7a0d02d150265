import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { HTTPException } from '../errors/http-exception';
import type { Response } from '../responses/response';
import type { MountRequest, Mount } from '../http/mounted-apps';
import { rooted, type FetchHandler } from './mount';
import { passedOn } from '../http/passed-headers';
import { passed, type WebResponse } from '../http/passed-response';

const WITHOUT_BODY = ['GET', 'HEAD'];

/** A fetch handler below a path; it sees addresses without that path, unless it is kept. */
export class FetchMount implements Mount {
  readonly #handler: FetchHandler;
  /** What addresses begin with before the rest. */
  readonly #kept: string;

  constructor(
    readonly path: string,
    readonly host: RegExp | undefined,
    handler: FetchHandler,
    keepPrefix: boolean,
  ) {
    this.#handler = handler;
    this.#kept = keepPrefix ? path : '';
  }

  async answer({ request, exchange, rest }: MountRequest): Promise<Response> {
    const { method, headers } = exchange.request;
    const body = WITHOUT_BODY.includes(method)
      ? null
      : Readable.toWeb(exchange.bodyReader.stream());
    const init = {
      method,
      headers: passedOn(headers),
      body,
      duplex: 'half',
      signal: exchange.signal,
    };
    const incoming = new globalThis.Request(
      addressOf(request, this.#kept + rest),
      init as RequestInit,
    );
    // The signal of a request that is garbage is not aborted any more.
    exchange.fastifyReply.raw.once('close', () => void incoming);
    const answer: unknown = await this.#handler(incoming);
    if (!isResponse(answer))
      throw new TypeError(`The fetch handler below ${this.path} gave no Response.`);
    return passed(answer);
  }
}

/** Libraries bring a `Response` of their own, which is no instance of the global one. */
function isResponse(answer: unknown): answer is WebResponse {
  const { status, headers } = (answer ?? {}) as Partial<WebResponse>;
  return typeof status === 'number' && typeof headers?.[Symbol.iterator] === 'function';
}

function addressOf({ protocol, host }: FastifyRequest, rest: string): URL {
  const origin = `${protocol}://${host}`;
  if (!URL.canParse(origin)) throw new HTTPException(400, 'The Host header is malformed');
  return new URL(origin + rooted(rest));
}
