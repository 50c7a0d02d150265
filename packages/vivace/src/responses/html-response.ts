import { Response, type ResponseOptions } from './response';

/**
 * An HTML response. Nothing is escaped.
 *
 * @example return new HTMLResponse('<h1>Hello</h1>');
 */
export class HTMLResponse extends Response {
  static override readonly media: string | null = 'text/html';

  constructor(content: string, options?: ResponseOptions) {
    super(content, options);
  }
}
