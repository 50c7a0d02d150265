import { base64Of } from '../responses/matter';
import { instantText } from './instant-text';

/** What stands in JSON otherwise than it is; of surrogates only those without the other half, which the engine sees. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const ESCAPED = /[\u0000-\u001F"\\\uD800-\uDFFF]/;

/** A text as it stands between the quotes of JSON. */
export function escaped(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text).slice(1, -1) : text;
}

/** The text of a key that is none; undefined for an object that has no such text. */
export function keyText(key: unknown): string | undefined {
  if (key instanceof Date) return instantText(key);
  return typeof key === 'object' || typeof key === 'symbol' ? undefined : String(key);
}

/** Bytes as text; undefined if they are not of the encoding. */
export function bytesText(
  bytes: Uint8Array | ArrayBuffer,
  encoding: 'base64' | undefined,
): string | undefined {
  if (encoding === 'base64') return base64Of(bytes);
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
