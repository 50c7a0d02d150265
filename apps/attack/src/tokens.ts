import { createHmac } from 'node:crypto';
import { KEY } from './key.js';

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const CLAIMS = {
  sub: 'ann',
  scope: 'me',
  aud: 'attack',
  iss: 'https://issuer.example',
  exp: 4_000_000_000,
};

/** A token with any header, any claims and any key. */
export function token(
  claims: unknown = CLAIMS,
  header: unknown = { alg: 'HS256', typ: 'JWT' },
  key: string = KEY,
): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', key || 'empty')
    .update(text)
    .digest('base64url')}`;
}

export function unsigned(alg: string, signature = ''): string {
  return `${encoded({ alg, typ: 'JWT' })}.${encoded(CLAIMS)}.${signature}`;
}
