import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { checkNumbers } from '../declare/numbers';
import type { Middleware } from '../declare/options/layer-options';
import { HTTPException } from '../errors/http-exception';
import { tooLarge } from '../http/body/errors';
import { exchangeOfRequest } from '../http/exchange-of';
import { defineMiddleware } from './define-middleware';

type Encoding = 'br' | 'gzip' | 'deflate' | 'zstd';
const DECODERS: Readonly<Record<Encoding, () => Transform>> = {
  br: () => zlib.createBrotliDecompress(),
  gzip: () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  zstd: () => zlib.createZstdDecompress(),
};
const MEBIBYTE = 1024 * 1024;

/** Which bodies are decompressed. */
export interface DecompressOptions {
  /**
   * The encodings that are accepted; another one is answered 415.
   * @default `gzip`, `br`, `deflate`
   */
  readonly encodings?: readonly Encoding[];
  /**
   * Bytes after decompression; more are answered 413. `bodyLimit` counts them too.
   * @default 10 MiB
   */
  readonly maxSize?: number;
}

/**
 * Reads compressed request bodies up to a size, so that a small body cannot become a huge one.
 *
 * @example new Vivace({ middleware: [decompress({ maxSize: 5_000_000 })] })
 */
export function decompress({
  encodings = ['gzip', 'br', 'deflate'],
  maxSize = 10 * MEBIBYTE,
}: DecompressOptions = {}): Middleware {
  checkNumbers(decompress, { maxSize });
  return defineMiddleware({ name: 'decompress' }, (request, next) => {
    const sent = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
    if (sent === 'identity') return next();
    const encoding = encodings.find((known) => known === sent || `x-${known}` === sent);
    if (encoding === undefined)
      throw new HTTPException(415, undefined, {
        headers: { 'accept-encoding': encodings.join(', ') },
      });
    const { bodyReader } = exchangeOfRequest(request);
    request.replaceBody(Readable.from(decoded(bodyReader.encoded(), encoding, maxSize)));
    return next();
  });
}

/** Begins to read when it is read itself. */
async function* decoded(
  source: () => Readable,
  encoding: Encoding,
  maxSize: number,
): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  try {
    for await (const chunk of pipeline(source(), DECODERS[encoding](), () => {})) {
      size += chunk.length;
      if (size > maxSize) throw tooLarge();
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof HTTPException
      ? cause
      : new HTTPException(400, `The body is not valid ${encoding}`, { cause });
  }
}
