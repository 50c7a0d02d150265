import { isUtf8 } from 'node:buffer';
import type { WantedDigits } from '../../validate/digits';
import { unparsable } from './errors';
import { parseJson } from './json';

/** What the inputs of an operation make of a body. */
export interface BodyKind {
  readonly keyed: boolean;
  readonly digits: WantedDigits | undefined;
}

/**
 * What inputs see of a body: parsed JSON, else text or bytes, which have no keys; undefined where there is none.
 *
 * @param isStrict whether a body without a content type is no JSON
 */
export function valueOf(
  bytes: Buffer,
  type: string | undefined,
  { keyed, digits }: BodyKind,
  isStrict: boolean,
): unknown {
  if (bytes.length === 0) return undefined;
  if (isJson(type) || (type === undefined && !isStrict)) return parseJson(decode(bytes), digits);
  if (keyed) return undefined;
  return isUtf8(bytes) ? bytes.toString() : new Uint8Array(bytes);
}

/** @throws HTTPException 400 for bytes that are no UTF-8 */
export function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw unparsable();
  return bytes.toString();
}

function isJson(type: string | undefined): boolean {
  if (type === 'application/json') return true;
  return (
    type !== undefined && /^application\/(?:[\w.!#$&^-]*\+)?json[ \t]*(?:;|$)/i.test(type.trim())
  );
}
