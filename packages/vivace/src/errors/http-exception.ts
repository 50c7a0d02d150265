import { STATUS_CODES } from 'node:http';

/** Names of RFC 9110 that Node still has in an older form. */
const PHRASES: Readonly<Record<number, string | undefined>> = { ...STATUS_CODES, 413: 'Content Too Large', 422: 'Unprocessable Content' };

/**
 * Thrown to answer with a status and `{"detail": …}`.
 *
 * @param status of the answer, such as 404
 * @param detail any value that JSON can hold; the name of the status by default
 * @example
 * throw new HTTPException(404, 'Item not found');
 */
export class HTTPException extends Error {
  readonly status: number;
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail?: unknown, options: ErrorOptions & { headers?: Readonly<Record<string, string>> } = {}) {
    const { headers = {}, ...rest } = options;
    const content = detail === undefined ? (PHRASES[status] ?? '') : detail;
    super(typeof content === 'string' ? content : JSON.stringify(content), rest);
    this.name = 'HTTPException';
    this.status = status;
    this.detail = content;
    this.headers = headers;
  }
}
