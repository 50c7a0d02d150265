import { present } from '../declare/present';
import { authorizationOf, bearerOf } from './authorization';
import { SecurityScheme, type Maybe, type SchemeOptions } from './scheme';

type Scopes = Readonly<Record<string, string>>;
export interface OAuth2Flow {
  authorizationUrl?: string;
  tokenUrl?: string;
  refreshUrl?: string;
  scopes: Scopes;
}
export type OAuth2Flows = {
  readonly [F in 'implicit' | 'password' | 'clientCredentials' | 'authorizationCode']?: OAuth2Flow;
};

/**
 * Reads the whole Authorization header, and documents any flows of OAuth 2.
 *
 * @param options.flows the flows, as OpenAPI describes them
 */
export class OAuth2<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: SchemeOptions<O> & { readonly flows: OAuth2Flows }) {
    super(options, {
      document: documentOf(options.flows),
      challenge: 'Bearer',
      find: authorizationOf,
    });
  }
}

/**
 * Reads the bearer token of the password flow.
 *
 * @param options.tokenUrl the address where a client gets tokens, relative to the document
 * @param options.refreshUrl the address where a client renews tokens
 * @param options.scopes the scopes, each with what it allows
 * @example
 * const oauth2 = new OAuth2PasswordBearer({ tokenUrl: 'token', scopes: { items: 'Read your items' } });
 */
export class OAuth2PasswordBearer<O extends boolean = false> extends SecurityScheme<
  Maybe<string, O>
> {
  constructor(
    options: SchemeOptions<O> & {
      readonly tokenUrl: string;
      readonly refreshUrl?: string;
      readonly scopes?: Scopes;
    },
  ) {
    const { tokenUrl, refreshUrl, scopes = {} } = options;
    super(options, {
      document: documentOf({ password: { ...present({ tokenUrl, refreshUrl }), scopes } }),
      challenge: 'Bearer',
      find: bearerOf,
    });
  }
}

/**
 * Reads the bearer token of the authorization code flow.
 *
 * @param options.authorizationUrl the address where a user agrees
 * @param options.tokenUrl the address where a client gets tokens
 * @param options.refreshUrl the address where a client renews tokens
 * @param options.scopes the scopes, each with what it allows
 */
export class OAuth2AuthorizationCodeBearer<O extends boolean = false> extends SecurityScheme<
  Maybe<string, O>
> {
  constructor(
    options: SchemeOptions<O> & {
      readonly authorizationUrl: string;
      readonly tokenUrl: string;
      readonly refreshUrl?: string;
      readonly scopes?: Scopes;
    },
  ) {
    const { authorizationUrl, tokenUrl, refreshUrl, scopes = {} } = options;
    const urls = present({ authorizationUrl, tokenUrl, refreshUrl });
    const flows = { authorizationCode: { ...urls, scopes } };
    super(options, { document: documentOf(flows), challenge: 'Bearer', find: bearerOf });
  }
}

function documentOf(flows: OAuth2Flows): {
  type: string;
  flows: Readonly<Record<string, unknown>>;
} {
  return {
    type: 'oauth2',
    flows: Object.fromEntries(Object.entries(flows).map(([name, flow]) => [name, written(flow)])),
  };
}

function written({
  refreshUrl,
  scopes,
  authorizationUrl,
  tokenUrl,
}: OAuth2Flow): Readonly<Record<string, unknown>> {
  const all = { refreshUrl, scopes, authorizationUrl, tokenUrl };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
