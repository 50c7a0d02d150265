import { stringifySetCookie } from 'cookie';
import type { Reply } from '../declare/parts';

type CookieOptions = NonNullable<Parameters<Reply['setCookie']>[2]>;

/** A `Set-Cookie` header; without options its path is `/` and `SameSite` is `lax`. */
export function setCookieText(name: string, value: string, options: CookieOptions = {}): string {
  const text = stringifySetCookie({ path: '/', sameSite: 'lax', ...options, name, value });
  return text.replace(/; SameSite=\w+/, (attribute) => `; SameSite=${attribute.slice(11).toLowerCase()}`);
}

/** A `Set-Cookie` header that makes the client forget a cookie. */
export function deleteCookieText(name: string, options: Pick<CookieOptions, 'path' | 'domain'> = {}): string {
  return setCookieText(name, '', { ...options, maxAge: 0, expires: new Date(0) });
}
