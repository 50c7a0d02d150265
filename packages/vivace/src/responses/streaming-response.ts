import type { Readable } from 'node:stream';
import { declareResponseClass } from './response-class';
import { ChunkSequence, type Chunks } from './chunks';
import { CONTENT, Response, type Content, type ResponseOptions } from './response';

type StreamContent = Readable | Chunks<string | Uint8Array>;

/**
 * A response that is sent chunk by chunk, as fast as the client reads it.
 *
 * @param content a stream, or a generator of text or bytes; it is closed when the client leaves
 * @example return new StreamingResponse(createReadStream(path), { media: 'video/mp4' });
 */
export class StreamingResponse extends Response {
  readonly #chunks: ChunkSequence<string | Uint8Array>;

  constructor(content: StreamContent, options?: ResponseOptions) {
    super(undefined, options);
    this.#chunks = new ChunkSequence(content);
  }

  override [CONTENT](): Content {
    return this.#chunks;
  }
}

declareResponseClass(StreamingResponse, { status: 200, stream: 'chunks', json: false });
