import { parseSetCookie, stringifyCookie, type SetCookie } from 'cookie';

/** Headers with the cookies of a client, and those of one request, which win. */
export function withCookies(
  headers: Readonly<Record<string, string>>,
  jar: ReadonlyMap<string, string>,
  own: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const cookies = { ...Object.fromEntries(jar), ...own };
  if (Object.keys(cookies).length === 0) return headers;
  return {
    ...headers,
    cookie: [headers['cookie'], stringifyCookie(cookies)].filter(Boolean).join('; '),
  };
}

/** Does with the cookies of an answer as a browser does. */
export function keepCookies(jar: Map<string, string>, received: Headers): void {
  for (const { name, value, maxAge, expires } of setCookiesOf(received)) {
    const gone =
      maxAge === undefined ? expires !== undefined && expires.getTime() <= Date.now() : maxAge <= 0;
    if (gone) jar.delete(name);
    else jar.set(name, value ?? '');
  }
}

/** The cookies that an answer sets. */
export function setCookiesOf(headers: Headers): readonly SetCookie[] {
  return headers.getSetCookie().map((header) => parseSetCookie(header));
}
