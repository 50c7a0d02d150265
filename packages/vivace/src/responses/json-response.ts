import { declareResponseClass } from './response-class';
import { jsonText } from './json';
import { Response } from './response';

/**
 * A JSON response.
 *
 * @example return new JSONResponse({ detail: 'teapot' }, { status: 418 });
 */
export class JSONResponse extends Response {
  static override readonly media: string | null = 'application/json';

  protected override render(content: unknown): string | Uint8Array {
    return jsonText(content);
  }
}

declareResponseClass(JSONResponse, { status: 200, stream: undefined, json: true });
