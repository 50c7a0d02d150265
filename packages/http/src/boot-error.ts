import { BootError } from 'vivace/extend';

/** Every error of this package that a program can meet before it listens; `docs/http-errors.md` shows each with its cure. */
export const HTTP_BOOT_ERRORS = {
  HTTP_BASE_URL: 'It is not known where a service is.',
  HTTP_OPTION: 'An option of a client cannot be meant.',
} as const satisfies Readonly<Record<string, string>>;

export type HttpBootErrorCode = keyof typeof HTTP_BOOT_ERRORS;

/** What is wrong with a client of a service, found before the program listens. */
export class HttpBootError extends BootError<HttpBootErrorCode> {
  constructor(code: HttpBootErrorCode, type: string, seen: string, write: string) {
    super(code, { type }, seen, write);
  }
}
