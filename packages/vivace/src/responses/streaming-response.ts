import type { Readable } from 'node:stream';
import { declareResponseClass } from '../declare/response-class';
import { PieceSequence, type Pieces } from './pieces';
import { CONTENT, Response, type Content, type ResponseOptions } from './response';

type Chunks = Readable | Pieces<string | Uint8Array>;

/**
 * A response sent piece by piece, as fast as the client takes it.
 *
 * @param content a stream, or a generator of text or bytes; it is closed when the client leaves
 * @example return new StreamingResponse(createReadStream(path), { media: 'video/mp4' });
 */
export class StreamingResponse extends Response {
  readonly #pieces: PieceSequence<string | Uint8Array>;

  constructor(content: Chunks, options?: ResponseOptions) {
    super(undefined, options);
    this.#pieces = new PieceSequence(content);
  }

  override [CONTENT](): Content {
    return this.#pieces;
  }
}

declareResponseClass(StreamingResponse, { status: 200, stream: 'chunks', json: false });
