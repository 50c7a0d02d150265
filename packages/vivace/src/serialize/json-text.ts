import { base64Of } from '../responses/matter';

/** JSON text of a string. */
export function quote(text: string): string {
  // The engine's own is faster for long texts, a look at each character for short ones.
  if (text.length > 24) return JSON.stringify(text);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** An instant as pydantic writes it: a fraction only where there is one, and then with six digits. */
export function instantText(date: Date, zone: 'Z' | '+00:00' = 'Z'): string {
  const year = date.getUTCFullYear();
  const millisecond = date.getUTCMilliseconds();
  const day = `${year > 999 && year < 10_000 ? year : date.toISOString().slice(0, -20)}-${TWO_DIGITS[date.getUTCMonth() + 1]}-${TWO_DIGITS[date.getUTCDate()]}`;
  const time = `${TWO_DIGITS[date.getUTCHours()]}:${TWO_DIGITS[date.getUTCMinutes()]}:${TWO_DIGITS[date.getUTCSeconds()]}`;
  return `${day}T${time}${millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}000`}${zone}`;
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
