import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

const DECODERS: Readonly<Record<string, (content: Uint8Array) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** A body without the encodings of `content-encoding`, as clients show it. */
export function decoded(body: Uint8Array, encodings: string | null): Uint8Array {
  if (encodings === null || body.length === 0) return body;
  const names = encodings.split(',').map((name) => name.trim().toLowerCase());
  return names.reduceRight((content, name) => DECODERS[name]?.(content) ?? content, body);
}
