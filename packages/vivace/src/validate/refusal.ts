import type { Problem } from '../schema/rules/rule';

/** What is wrong with a value, in the place of the value. */
export class Refusal implements Problem {
  readonly ctx?: Readonly<Record<string, unknown>>;

  constructor(
    readonly type: string,
    readonly msg: string,
    ctx?: Readonly<Record<string, unknown>>,
  ) {
    if (ctx !== undefined) this.ctx = ctx;
  }
}

/** A refusal that quotes the reason of a parser: `Input should be a valid datetime, invalid character in year`. */
export function unparsable(type: string, expected: string, error: string): Refusal {
  return new Refusal(type, `${expected}, ${error}`, { error });
}
