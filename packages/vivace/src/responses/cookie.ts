import { stringifySetCookie } from 'cookie';

export interface CookieOptions {
  maxAge?: number;
  expires?: Date;
  path?: string;
  domain?: string;
  secure?: boolean;
  httpOnly?: boolean;
  sameSite?: 'lax' | 'strict' | 'none';
  partitioned?: boolean;
}

/** What browsers keep of one cookie, in bytes. */
const LIMIT = 4096;

/** A `Set-Cookie` header; without options its path is `/` and `SameSite` is `lax`. Throws for what browsers would silently drop. */
export function setCookieText(name: string, value: string, options: CookieOptions = {}): string {
  const text = stringifySetCookie({ path: '/', sameSite: 'lax', ...options, name, value });
  if (options.sameSite === 'none' && options.secure !== true)
    throw new RangeError(
      `setCookie(${name}): browsers drop a cookie with sameSite 'none' that is not secure: add secure: true.`,
    );
  if (Buffer.byteLength(text) > LIMIT)
    throw new RangeError(
      `setCookie(${name}): browsers drop cookies of more than ${LIMIT} bytes: keep the data in a session.`,
    );
  return text.replace(
    /; SameSite=\w+/,
    (attribute) => `; SameSite=${attribute.slice(11).toLowerCase()}`,
  );
}

/** A `Set-Cookie` header that makes the client forget a cookie. */
export function deleteCookieText(
  name: string,
  options: Pick<CookieOptions, 'path' | 'domain'> = {},
): string {
  return setCookieText(name, '', { ...options, maxAge: 0, expires: new Date(0) });
}
