import { locationText } from './location';
import { declareResponseClass } from './response-class';
import { Response, type ResponseOptions } from './response';

/** The options of a redirect. */
interface RedirectOptions extends ResponseOptions {
  /**
   * Whether it may lead to another host by a text that begins with `/`, or to another program by a
   * scheme other than http and https.
   * @default `false`
   */
  external?: boolean;
}

/**
 * A redirect: 307 by default.
 *
 * @param url encoded as an address is. One that begins with `/` stays on this server
 * @param options also `external`, without which `//other.example` and `javascript:` are refused
 * @throws RangeError for an address that leads elsewhere than it seems, without `external`
 * @example return new RedirectResponse('/login', { status: 303 });
 */
export class RedirectResponse extends Response {
  constructor(url: string, { external = false, ...options }: RedirectOptions = {}) {
    super(undefined, { ...options, status: options.status ?? 307 });
    this.headers.set('location', locationText(url, external));
  }
}

declareResponseClass(RedirectResponse, { status: 307, stream: undefined, json: false });
