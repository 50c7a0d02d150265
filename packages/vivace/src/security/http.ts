import { credentialsOf, type HTTPCredentials } from './authorization';
import { SecurityScheme, type Maybe, type SchemeOptions } from './scheme';

/**
 * Reads the credentials of any scheme of the Authorization header; it does not check them.
 *
 * @param options.scheme the name of the scheme
 * @example
 * const hawk = new HTTPBase({ scheme: 'Hawk' });
 */
export class HTTPBase<O extends boolean = false> extends SecurityScheme<Maybe<HTTPCredentials, O>> {
  constructor(options: SchemeOptions<O> & { readonly scheme: string }) {
    const { scheme } = options;
    const challenge = scheme
      .toLowerCase()
      .replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
    super(options, {
      document: { type: 'http', scheme },
      challenge,
      find: (request) => credentialsOf(request),
    });
  }
}

/**
 * Reads a bearer token.
 *
 * @param options.bearerFormat the form of the token, such as `JWT`, for the document
 * @example
 * const bearer = new HTTPBearer({ bearerFormat: 'JWT' });
 */
export class HTTPBearer<O extends boolean = false> extends SecurityScheme<
  Maybe<HTTPCredentials, O>
> {
  constructor(options: SchemeOptions<O> & { readonly bearerFormat?: string } = {}) {
    const { bearerFormat } = options;
    const document = {
      type: 'http',
      scheme: 'bearer',
      ...(bearerFormat !== undefined && { bearerFormat }),
    };
    super(options, {
      document,
      challenge: 'Bearer',
      find: (request) => credentialsOf(request, 'bearer'),
    });
  }
}

/** Reads Digest credentials; it does not check them. */
export class HTTPDigest<O extends boolean = false> extends SecurityScheme<
  Maybe<HTTPCredentials, O>
> {
  constructor(options: SchemeOptions<O> = {}) {
    super(options, {
      document: { type: 'http', scheme: 'digest' },
      challenge: 'Digest',
      find: (request) => credentialsOf(request, 'digest'),
    });
  }
}
