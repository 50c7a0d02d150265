import { pipeline, Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import zlib, { constants } from 'node:zlib';
import { iterate, type Chunks } from '../responses/chunks';

export type Encoding = 'br' | 'gzip' | 'zstd';

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const WHOLE: Readonly<Record<Encoding, (bytes: Uint8Array) => Promise<Buffer>>> = {
  br: (bytes) => promisify(zlib.brotliCompress)(bytes, brotli),
  gzip: promisify<Uint8Array, Buffer>(zlib.gzip),
  zstd: promisify<Uint8Array, Buffer>(zlib.zstdCompress),
};

/** What comes in goes out at once, so that a stream of items stays one. */
const PIECEWISE: Readonly<Record<Encoding, () => Transform>> = {
  br: () => zlib.createBrotliCompress({ ...brotli, flush: constants.BROTLI_OPERATION_FLUSH }),
  gzip: () => zlib.createGzip({ flush: constants.Z_SYNC_FLUSH }),
  zstd: () => zlib.createZstdCompress({ flush: constants.ZSTD_e_flush }),
};

export function compressed(bytes: Uint8Array, encoding: Encoding): Promise<Buffer> {
  return WHOLE[encoding](bytes);
}

/** Compresses chunks as they come, none ahead of the client; whoever stops waits until their source has stopped, too. */
export function compressedChunks(
  chunks: Chunks<string | Uint8Array>,
  encoding: Encoding,
): AsyncIterable<Uint8Array> {
  const source = Readable.from(chunks, { highWaterMark: 1 });
  const stopped = new Promise((resolve) => source.once('close', resolve));
  const output = iterate<Uint8Array>(pipeline(source, PIECEWISE[encoding](), () => {}));
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => output.next(),
      async return() {
        await output.return?.();
        await stopped;
        return { value: undefined, done: true };
      },
    }),
  };
}
