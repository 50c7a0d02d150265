import { Response, type ResponseOptions } from './response';

/**
 * A plain text response.
 *
 * @example return new PlainTextResponse('pong');
 */
export class PlainTextResponse extends Response {
  static override readonly media: string | null = 'text/plain';

  constructor(content: string, options?: ResponseOptions) {
    super(content, options);
  }
}
