/** What a router can be told about paths. */
export interface PathRules {
  readonly ignoreTrailingSlash?: boolean;
  readonly ignoreDuplicateSlashes?: boolean;
  readonly caseSensitive?: boolean;
  readonly useSemicolonDelimiter?: boolean;
}

const AUTHORITY = /^https?:\/\/[^/?#]+/i;

/** An address without scheme and host, which a proxy may send: the Host header says where it came to. */
export function withoutAuthority(url: string): string {
  if (url.startsWith('/')) return url;
  const rest = url.replace(AUTHORITY, '');
  return rest === url || rest.startsWith('/') ? rest : `/${rest}`;
}

/** The path of an address as it was sent. */
export function rawPathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

/**
 * Reads paths as the router of the server does.
 *
 * Whoever compares a path, to guard what is below it, has to see what routes are matched with, however it was spelled.
 */
export class PathReader {
  readonly rules: PathRules;

  constructor(rules: PathRules = {}) {
    this.rules = rules;
  }

  /** The path of an address, decoded once; what separates (`%2F`, `%3F`, `%25`, …) stays encoded. */
  read(url: string): string {
    const { ignoreDuplicateSlashes, ignoreTrailingSlash, caseSensitive } = this.rules;
    let path = decoded(this.#raw(url));
    if (ignoreDuplicateSlashes === true) path = path.replace(/\/{2,}/g, '/');
    if (ignoreTrailingSlash === true && path.length > 1 && path.endsWith('/'))
      path = path.slice(0, -1);
    return caseSensitive === false ? path.toLowerCase() : path;
  }

  /** Path and query behind a path without parameters that the address is below, as they were sent. */
  behind(url: string, path: string): string {
    const own = withoutAuthority(url);
    const raw = this.#raw(url);
    const slashes = this.rules.ignoreDuplicateSlashes === true ? /\/+/g : /\//g;
    let left = path.split('/').length;
    for (const { index } of raw.matchAll(slashes)) {
      left -= 1;
      if (left === 0) return own.slice(index);
    }
    return own.slice(raw.length);
  }

  #raw(url: string): string {
    const own = withoutAuthority(url);
    const end = own.search(this.rules.useSemicolonDelimiter === true ? /[?#;]/ : /[?#]/);
    return end < 0 ? own : own.slice(0, end);
  }
}

/**
 * Whether a path means another one to those who take it apart: `/public/../admin`, also with encoded dots and with backslashes. The
 * router takes it as it is, and so does what compares it.
 */
export function isAmbiguous(url: string): boolean {
  return /\\|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(rawPathOf(url));
}

/** What cannot be decoded is no path of any route. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path.replaceAll('%25', '%2525'));
  } catch {
    return path;
  }
}
