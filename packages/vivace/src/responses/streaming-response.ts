import type { Readable } from 'node:stream';
import { declareResponseClass } from '../declare/response-class';
import { CONTENT, Response, type Content, type ResponseOptions } from './response';

type Pieces = Readable | AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/**
 * A response sent piece by piece, as fast as the client takes it.
 *
 * @param content a stream, or a generator of text or bytes; it is closed when the client leaves
 * @example return new StreamingResponse(createReadStream(path), { media: 'video/mp4' });
 */
export class StreamingResponse extends Response {
  readonly #pieces: Pieces;

  constructor(content: Pieces, options?: ResponseOptions) {
    super(undefined, options);
    this.#pieces = content;
  }

  override [CONTENT](): Content {
    return this.#pieces;
  }
}

declareResponseClass(StreamingResponse, { status: 200, stream: 'chunks', json: false });
