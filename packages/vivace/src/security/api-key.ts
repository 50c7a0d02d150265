import type { CredentialSource } from '../declare/value-facts';
import { SecurityScheme, type Maybe, type SchemeOptions, type SchemeParts } from './scheme';

/** Where a key stands. */
export interface KeyOptions<O extends boolean> extends SchemeOptions<O> {
  /** The name of the header, parameter or cookie. */
  readonly key: string;
}

/**
 * Reads a key from a header.
 *
 * @example
 * const apiKey = new APIKeyHeader({ key: 'X-API-Key' });
 */
export class APIKeyHeader<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: KeyOptions<O>) {
    super(
      options,
      partsOf('header', options.key, (request) => request.headers.get(options.key)),
    );
  }
}

/** Reads a key from the query string. */
export class APIKeyQuery<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: KeyOptions<O>) {
    super(
      options,
      partsOf('query', options.key, (request) => request.query.getAll(options.key).at(-1)),
    );
  }
}

/** Reads a key from a cookie. */
export class APIKeyCookie<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: KeyOptions<O>) {
    super(
      options,
      partsOf('cookie', options.key, (request) => request.cookies[options.key]),
    );
  }
}

function partsOf(
  place: 'header' | 'query' | 'cookie',
  name: string,
  read: (request: CredentialSource) => string | null | undefined,
): SchemeParts<string> {
  return {
    document: { type: 'apiKey', in: place, name },
    challenge: 'APIKey',
    find: (request) => read(request) || undefined,
  };
}
