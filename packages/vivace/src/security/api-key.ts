import type { CredentialSource } from '../declare/value-facts';
import { SecurityScheme, type Maybe, type SchemeOptions, type SchemeParts } from './scheme';

/** Where a key stands. */
export interface KeyOptions<O extends boolean> extends SchemeOptions<O> {
  /** The name of the header, parameter or cookie. */
  readonly key: string;
  /**
   * A word before the key, which is no part of it: `Token` for `Authorization: Token abc`.
   * @default none
   */
  readonly prefix?: string;
}

/**
 * Reads a key from a header.
 *
 * @example
 * const apiKey = new APIKeyHeader({ key: 'X-API-Key' });
 * @example
 * const token = new APIKeyHeader({ key: 'Authorization', prefix: 'Token' });
 */
export class APIKeyHeader<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: KeyOptions<O>) {
    super(
      options,
      partsOf('header', options, (request) => request.headers.get(options.key)),
    );
  }
}

/** Reads a key from the query string. */
export class APIKeyQuery<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: KeyOptions<O>) {
    super(
      options,
      partsOf('query', options, (request) => request.query.getAll(options.key).at(-1)),
    );
  }
}

/** Reads a key from a cookie. */
export class APIKeyCookie<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: KeyOptions<O>) {
    super(
      options,
      partsOf('cookie', options, (request) => request.cookies[options.key]),
    );
  }
}

function partsOf(
  place: 'header' | 'query' | 'cookie',
  { key, prefix }: KeyOptions<boolean>,
  read: (request: CredentialSource) => string | null | undefined,
): SchemeParts<string> {
  return {
    document: { type: 'apiKey', in: place, name: key },
    challenge: prefix ?? 'APIKey',
    find: (request) => {
      const sent = read(request) || undefined;
      return prefix === undefined || sent === undefined ? sent : behind(prefix, sent);
    },
  };
}

/** The key behind its prefix; undefined where there is another one, or nothing behind it. */
function behind(prefix: string, sent: string): string | undefined {
  const word = sent.slice(0, prefix.length + 1);
  const isPrefix = word.toLowerCase() === `${prefix} `.toLowerCase();
  return (isPrefix && sent.slice(word.length).trim()) || undefined;
}
