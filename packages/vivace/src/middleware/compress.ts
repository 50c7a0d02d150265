import { checkNumbers } from '../declare/numbers';
import type { Middleware } from '../declare/options/layer-options';
import { FileResponse } from '../responses/file-response';
import type { ChunkSequence } from '../responses/chunks';
import { CONTENT, type Response } from '../responses/response';
import { StreamingResponse } from '../responses/streaming-response';
import { hasBody, joinedNames } from '../http/response';
import { negotiated } from './accept-encoding';
import { compressed, compressedChunks, type Encoding } from './codecs';
import { bytesOf, hasDirective, withContent } from './content';
import { wholeFile } from './file-content';
import { defineMiddleware } from './define-middleware';

/** Text, and what is text in other words; events are too small and too urgent. */
const COMPRESSIBLE =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|jsonl|xml|yaml|javascript|x-ndjson|wasm)\b|image\/svg\+xml|font\/(?:ttf|otf))/i;

/** Which responses are compressed. */
export interface CompressOptions {
  /**
   * Bytes below which a response is sent as it is, where its size is known.
   * @default 500
   */
  readonly minSize?: number;
  /**
   * The encodings that are used, the best first.
   * @default `br`, `gzip`
   */
  readonly encodings?: readonly Encoding[];
}

/**
 * Compresses responses that gain from it: whole ones, files, and streams item by item. Parts of
 * files and events are sent as they are.
 *
 * @example new Vivace({ middleware: [compress({ minSize: 1000 })] })
 */
export function compress({
  minSize = 500,
  encodings = ['br', 'gzip'],
}: CompressOptions = {}): Middleware {
  checkNumbers(compress, {}, { minSize });
  return defineMiddleware({ name: 'compress' }, async (request, next) => {
    const response = await next();
    const encoding = negotiated(request.headers.get('accept-encoding'), encodings);
    if (response instanceof FileResponse) {
      if (encoding === undefined) return response;
      const file = await wholeFile(
        response,
        request.fastify,
        ({ size, headers }) => size >= minSize && isCompressible(200, headers),
      );
      return file === undefined
        ? response
        : encodedPieces(file, file[CONTENT]() as ChunkSequence<Uint8Array>, encoding);
    }
    // What the client has already varies as what it was sent.
    if (response.status === 304) return varying(response);
    if (!isCompressible(response.status, response.headers)) return response;
    const content = response[CONTENT]();
    const bytes = bytesOf(content);
    if (bytes !== undefined && bytes.length < minSize) return response;
    if (encoding === undefined) return varying(response);
    if (bytes === undefined)
      return encodedPieces(response, content as ChunkSequence<Uint8Array>, encoding);
    return encoded(withContent(response, await compressed(bytes, encoding)), encoding);
  });
}

function encodedPieces(
  response: Response,
  chunks: ChunkSequence<string | Uint8Array>,
  encoding: Encoding,
): Response {
  return encoded(
    withContent(response, new StreamingResponse(compressedChunks(chunks, encoding))),
    encoding,
  );
}

function encoded(response: Response, encoding: Encoding): Response {
  const { headers } = response;
  headers.set('content-encoding', encoding);
  headers.delete('accept-ranges');
  const tag = headers.get('etag');
  // Other bytes than those that the strong tag stands for.
  if (tag?.startsWith('"') === true) headers.set('etag', `W/${tag}`);
  return varying(response);
}

/** It depends on the client, also where this one takes no encoding. */
function varying(response: Response): Response {
  response.headers.set('vary', joinedNames(response.headers.get('vary'), 'Accept-Encoding'));
  return response;
}

function isCompressible(status: number, headers: Headers): boolean {
  return (
    hasBody(status) &&
    status !== 206 &&
    !headers.has('content-encoding') &&
    !hasDirective(headers.get('cache-control'), 'no-transform') &&
    COMPRESSIBLE.test(headers.get('content-type') ?? '')
  );
}
