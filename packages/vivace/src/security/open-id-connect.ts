import { authorizationOf } from './authorization';
import { SecurityScheme, type Maybe, type SchemeOptions } from './scheme';

/**
 * Reads the whole Authorization header, and documents a provider of OpenID Connect.
 *
 * @param options.url the address of the description of the provider
 */
export class OpenIdConnect<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: SchemeOptions<O> & { readonly url: string }) {
    super(options, {
      document: { type: 'openIdConnect', openIdConnectUrl: options.url },
      challenge: 'Bearer',
      find: authorizationOf,
    });
  }
}
