import { partsOf } from './authorization';
import { SecurityScheme, type Maybe, type SchemeOptions } from './scheme';

/** The user name and password of HTTP Basic. */
export interface HTTPBasicCredentials {
  /** The name of the user. */
  readonly username: string;
  /** The password of the user. */
  readonly password: string;
}

/**
 * Reads user name and password of HTTP Basic. Credentials that are not base64 of ASCII text with a
 * colon are refused, also if the scheme is optional.
 *
 * @example
 * const admin = dependency({ who: new HTTPBasic({ realm: 'admin' }) }, ({ who }) => who.username);
 */
export class HTTPBasic<O extends boolean = false> extends SecurityScheme<
  Maybe<HTTPBasicCredentials, O>
> {
  constructor(options: SchemeOptions<O> = {}) {
    super(options, {
      document: { type: 'http', scheme: 'basic' },
      challenge: 'Basic',
      find(request, reject) {
        const given = partsOf(request);
        if (given?.scheme.toLowerCase() !== 'basic') return undefined;
        const credentials = decode(given.credentials);
        if (credentials === undefined) throw reject();
        return credentials;
      },
    });
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decode(text: string): HTTPBasicCredentials | undefined {
  if (!BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const decoded = bytes.toString('latin1');
  const colon = decoded.indexOf(':');
  if (colon < 0 || bytes.some((byte) => byte > 0x7f)) return undefined;
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
