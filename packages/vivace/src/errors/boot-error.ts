import type { BootErrorCode } from './codes';
import { describe, type Where } from './where';

/** What is wrong with a program, found while the application is built. */
export class BootError extends Error {
  /**
   * @param code the row of the error table
   * @param where the place in the program
   * @param seen what was found there, as a sentence
   * @param write what to write instead
   */
  constructor(
    readonly code: BootErrorCode,
    readonly where: Where,
    readonly seen: string,
    readonly write: string,
  ) {
    const place = describe(where);
    super(`[${code}] ${place === '' ? '' : `${place}: `}${seen}\n  Write instead: ${write}`);
    this.name = 'BootError';
  }
}
