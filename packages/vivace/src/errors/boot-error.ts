import type { BootErrorCode } from './codes';
import { describe, type Where } from './where';

/**
 * What is wrong with a program, found while the application is built. A package that has a table of
 * codes of its own extends it.
 */
export class BootError<Code extends string = BootErrorCode> extends Error {
  readonly code: Code;
  // Said by the message: Node, which prints an error with its properties, should not say it twice.
  readonly #said: { readonly where: Where; readonly seen: string; readonly write: string };

  /**
   * @param code the row of the table of errors
   * @param where the place in the program; a text: as it is written there
   * @param seen what was found there, as a sentence
   * @param write what to write instead
   */
  constructor(
    code: Code,
    where: Where | string,
    seen: string,
    write: string,
    options?: ErrorOptions,
  ) {
    const at = typeof where === 'string' ? { member: where } : where;
    const place = describe(at);
    super(
      `[${code}] ${place === '' ? '' : `${place}: `}${seen}\n  Write instead: ${write}`,
      options,
    );
    this.name = 'BootError';
    this.code = code;
    this.#said = { where: at, seen, write };
  }

  get where(): Where {
    return this.#said.where;
  }
  get seen(): string {
    return this.#said.seen;
  }
  get write(): string {
    return this.#said.write;
  }
}
