import { authorizationOf } from './authorization';
import { SecurityScheme, type Maybe, type SchemeOptions } from './scheme';

/**
 * The Authorization header of an OpenID Connect provider.
 *
 * @param options.url where the provider describes itself
 */
export class OpenIdConnect<O extends boolean = false> extends SecurityScheme<Maybe<string, O>> {
  constructor(options: SchemeOptions<O> & { url: string }) {
    super(options, {
      document: { type: 'openIdConnect', openIdConnectUrl: options.url },
      challenge: 'Bearer',
      find: authorizationOf,
    });
  }
}
