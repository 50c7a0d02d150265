import { declareResponseClass } from './response-class';
import { Response, type ResponseOptions } from './response';

/**
 * A redirect: 307 by default.
 *
 * @param url sent as it is written; only what a header cannot hold is percent-encoded
 * @example return new RedirectResponse('/login', { status: 303 });
 */
export class RedirectResponse extends Response {
  constructor(url: string, options: ResponseOptions = {}) {
    super(undefined, { ...options, status: options.status ?? 307 });
    this.headers.set(
      'location',
      url.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed())),
    );
  }
}

declareResponseClass(RedirectResponse, { status: 307, stream: undefined, json: false });
