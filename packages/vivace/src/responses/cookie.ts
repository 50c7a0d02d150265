import { stringifySetCookie } from 'cookie';

/** The attributes of a cookie. */
export interface CookieOptions {
  /**
   * Seconds for which the client keeps it.
   * @default until the browser is closed
   */
  maxAge?: number;
  /** When the client forgets it, in place of `maxAge`. */
  expires?: Date;
  /**
   * The path below which it is sent.
   * @default `/`
   */
  path?: string;
  /**
   * The host that it is sent to, with the hosts below it.
   * @default the own host only
   */
  domain?: string;
  /**
   * Whether it is sent over https only.
   * @default `false`
   */
  secure?: boolean;
  /**
   * Whether scripts of pages cannot read it.
   * @default `false`
   */
  httpOnly?: boolean;
  /**
   * Whether requests from pages of other sites bring it.
   * @default `'lax'`
   */
  sameSite?: 'lax' | 'strict' | 'none';
  /**
   * Whether each site that embeds a page has a cookie of its own.
   * @default `false`
   */
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
