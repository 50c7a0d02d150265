import type { Incoming, Values } from './runtime';

/** The values of a query string. */
export function queryValues(request: Incoming): Values {
  const { query } = request;
  return {
    get: (name) => (Object.hasOwn(query, name) ? one(query[name]) : undefined),
    all: (name) => (Object.hasOwn(query, name) ? many(query[name]) : []),
    names: () => Object.keys(query),
  };
}

/** The headers, each with its values as they were sent. */
export function headerValues(request: Incoming): Values {
  return {
    get: (name) => header(request, name),
    all: (name) => headers(request, name),
    names: () => Object.keys(request.headers),
  };
}

export function cookieValues(request: Incoming): Values {
  const cookies = parseCookies(request.headers['cookie']);
  return {
    get: (name) => cookies[name],
    all: (name) => (cookies[name] === undefined ? [] : [cookies[name]]),
    names: () => Object.keys(cookies),
  };
}

export function pathValues(request: Incoming): Values {
  const { params } = request;
  return {
    get: (name) => params[name],
    all: (name) => (params[name] === undefined ? [] : [params[name]]),
    names: () => Object.keys(params),
  };
}

/** Of a repeated value the last one counts. */
export function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.at(-1) : value;
}

export function many(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

export function header(request: Incoming, name: string): string | undefined {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  return typeof value === 'object' ? value.join(', ') : value;
}

/** Every value of a header that was sent several times, which Node joins. */
export function headers(request: Incoming, name: string): readonly string[] {
  const { rawHeaders } = request.raw;
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}

/** The cookies of a request: of two with one name the last counts, quotes around a value are dropped. */
export function parseCookies(
  text: string | readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const cookies = Object.create(null) as Record<string, string>;
  if (typeof text !== 'string') return cookies;
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? '' : part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    if (name !== '' || value !== '')
      cookies[name] = decode(
        value.startsWith('"') && value.endsWith('"') && value.length > 1
          ? value.slice(1, -1)
          : value,
      );
  }
  return cookies;
}

function decode(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
