import { STATUS_CODES } from 'node:http';

/** Names of RFC 9110 that Node still has in an older form. */
const PHRASES: Readonly<Record<number, string | undefined>> = {
  ...STATUS_CODES,
  413: 'Content Too Large',
  422: 'Unprocessable Content',
};

/** The name of a status: `Not Found`. */
export function phraseOf(status: number): string {
  return PHRASES[status] ?? '';
}

/**
 * Thrown to answer with a status and `{"detail": …}`.
 *
 * @param status the status of the answer, such as 404
 * @param detail what the client reads: any value that JSON can hold; the name of the status by default
 * @param options.headers headers of the answer; `cause`, an option of all errors, is for the log
 * @throws RangeError if the status is none
 * @example
 * throw new HTTPException(404, 'Item not found');
 */
export class HTTPException extends Error {
  readonly status: number;
  readonly detail: unknown;
  /** The headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail?: unknown,
    options: ErrorOptions & { readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    const { headers = {}, ...rest } = options;
    const content = detail === undefined ? phraseOf(status) : detail;
    super(typeof content === 'string' ? content : JSON.stringify(content), rest);
    if (!Number.isInteger(status) || status < 100 || status > 999)
      throw new RangeError(
        `HTTPException(status): a status is a whole number from 100 to 999, not ${String(status)}.`,
      );
    this.name = 'HTTPException';
    this.status = status;
    this.detail = content;
    this.headers = headers;
  }
}
