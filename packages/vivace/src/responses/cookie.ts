import { stringifySetCookie } from 'cookie';

/** The attributes of a cookie. */
export interface CookieOptions {
  /**
   * Seconds for which the client keeps it.
   * @default until the browser is closed
   */
  readonly maxAge?: number;
  /** When the client forgets it, in place of `maxAge`. */
  readonly expires?: Date;
  /**
   * The path below which it is sent.
   * @default `/`
   */
  readonly path?: string;
  /**
   * The host that it is sent to, with the hosts below it.
   * @default the own host only
   */
  readonly domain?: string;
  /**
   * Whether it is sent over https only.
   * @default `false`
   */
  readonly secure?: boolean;
  /**
   * Whether scripts of pages cannot read it.
   * @default `false`
   */
  readonly httpOnly?: boolean;
  /**
   * Whether requests from pages of other sites bring it.
   * @default `'lax'`
   */
  readonly sameSite?: 'lax' | 'strict' | 'none';
  /**
   * Whether each site that embeds a page has a cookie of its own.
   * @default `false`
   */
  readonly partitioned?: boolean;
}

/** The options that a cookie was set with, but for its time. */
export type DeleteCookieOptions = Omit<CookieOptions, 'maxAge' | 'expires'>;

/** What browsers keep of one cookie, in bytes. */
const LIMIT = 4096;

/** A `Set-Cookie` header; without options its path is `/` and `SameSite` is `lax`. Throws for what browsers would silently drop. */
export function setCookieText(name: string, value: string, options: CookieOptions = {}): string {
  const text = stringifySetCookie({ path: '/', sameSite: 'lax', ...options, name, value });
  const reason = dropped(name, options);
  if (reason !== undefined) throw new RangeError(`setCookie(${name}): browsers drop ${reason}.`);
  if (Buffer.byteLength(text) > LIMIT)
    throw new RangeError(
      `setCookie(${name}): browsers drop cookies of more than ${LIMIT} bytes: keep the data in a session.`,
    );
  return text.replace(
    /; SameSite=\w+/,
    (attribute) => `; SameSite=${attribute.slice(11).toLowerCase()}`,
  );
}

/**
 * A `Set-Cookie` header that makes the client forget a cookie.
 *
 * A browser takes it only with the attributes that the cookie was set with: those that its name or its other options ask for are added.
 */
export function deleteCookieText(name: string, options: DeleteCookieOptions = {}): string {
  return setCookieText(name, '', {
    ...options,
    ...(needsSecure(name, options) && { secure: true }),
    ...(isPrefixed(name, 'http') && { httpOnly: true }),
    maxAge: 0,
    expires: new Date(0),
  });
}

/** Whether browsers keep such a cookie only if it is secure. */
export function needsSecure(
  name: string,
  { sameSite, partitioned }: Pick<CookieOptions, 'sameSite' | 'partitioned'>,
): boolean {
  return (
    sameSite === 'none' ||
    partitioned === true ||
    ['host', 'secure', 'http'].some((prefix) => isPrefixed(name, prefix))
  );
}

/** Names such as `__Host-id` promise something that browsers hold them to; `__Host-Http-` promises two things. */
function isPrefixed(name: string, prefix: string): boolean {
  return new RegExp(`^__(?:host-)?${prefix}-`, 'i').test(name);
}

/** What browsers would drop, and why. */
function dropped(name: string, options: CookieOptions): string | undefined {
  const { secure, httpOnly, domain, path = '/', sameSite, partitioned } = options;
  if (secure !== true && needsSecure(name, options)) {
    const what =
      sameSite === 'none'
        ? `a cookie with sameSite 'none'`
        : partitioned === true
          ? 'a partitioned cookie'
          : 'a cookie of this name';
    return `${what} that is not secure: add secure: true`;
  }
  if (isPrefixed(name, 'host') && (domain !== undefined || path !== '/'))
    return `a cookie of this name with a domain or another path than '/': leave them out`;
  if (isPrefixed(name, 'http') && httpOnly !== true)
    return `a cookie of this name that scripts can read: add httpOnly: true`;
  return undefined;
}
