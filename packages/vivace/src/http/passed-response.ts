import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { headersOf, passedOn } from './passed-headers';
import { declareResponseClass } from '../responses/response-class';
import { ChunkSequence } from '../responses/chunks';
import { CONTENT, Response, type Content } from '../responses/response';

/** The part of a response of the web platform that is passed on; libraries bring such classes of their own. */
export type WebResponse = Pick<globalThis.Response, 'status' | 'headers' | 'body'>;

/** The answer of a foreign handler, passed on: its head does not wait for the first chunk. */
export class PassedResponse extends Response {
  readonly #chunks: ChunkSequence<Uint8Array>;

  constructor(
    status: number,
    headers: Iterable<readonly [name: string, value: string]>,
    body: Readable,
  ) {
    super(undefined, { status });
    for (const [name, value] of passedOn(headers)) this.headers.append(name, value);
    this.#chunks = new Unawaited(body);
  }

  override [CONTENT](): Content {
    return this.#chunks;
  }
}

class Unawaited extends ChunkSequence<Uint8Array> {
  override async begin(): Promise<void> {}
}

declareResponseClass(PassedResponse, { status: 200, stream: 'chunks', json: false });

/**
 * A response of the web platform, passed on.
 *
 * @throws TypeError where there is nothing to pass on: it is an error, or somebody has read it
 */
export function passed(answer: WebResponse): PassedResponse {
  if (answer.status < 200)
    throw new TypeError(
      `A Response of status ${answer.status} is no answer: it is a failure of fetch.`,
    );
  return new PassedResponse(answer.status, headersOf(answer), streamOf(answer.body));
}

function streamOf(body: WebResponse['body']): Readable {
  if (body === null) return Readable.from([]);
  if (!(body instanceof ReadableStream)) return Readable.from(body);
  if (body.locked)
    throw new TypeError(
      'The body of a Response was read already: return a clone(), or what was read.',
    );
  return Readable.fromWeb(body as WebStream<Uint8Array>);
}
