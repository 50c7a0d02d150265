import type { Readable } from 'node:stream';
import { declareResponseClass } from '../declare/response-class';
import { PieceSequence } from '../responses/pieces';
import { CONTENT, Response, type Content } from '../responses/response';

/** The answer of a foreign handler, passed on: its head does not wait for the first piece. */
export class PassedResponse extends Response {
  readonly #pieces: PieceSequence<Uint8Array>;

  constructor(
    status: number,
    headers: Iterable<readonly [name: string, value: string]>,
    body: Readable,
  ) {
    super(undefined, { status });
    for (const [name, value] of headers) this.headers.append(name, value);
    this.#pieces = new Unawaited(body);
  }

  override [CONTENT](): Content {
    return this.#pieces;
  }
}

class Unawaited extends PieceSequence<Uint8Array> {
  override async begin(): Promise<void> {}
}

declareResponseClass(PassedResponse, { status: 200, stream: 'chunks', json: false });
