import type { Readable } from 'node:stream';
import { passedOn } from './passed-headers';
import { declareResponseClass } from '../responses/response-class';
import { ChunkSequence } from '../responses/chunks';
import { CONTENT, Response, type Content } from '../responses/response';

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
