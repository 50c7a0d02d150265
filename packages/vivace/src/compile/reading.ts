import type { Outcome } from '../validate/validation-state';

/** How one input comes from the request: what is printed for it, and what explains a value that does not fit. */
export interface InputReading {
  /** The expression for what was sent. */
  readonly raw: string;
  /** The condition under which the input is absent, given the variable with what was sent; undefined: it never is. */
  readonly absent: ((variable: string) => string) | undefined;
  readonly isAbsent: (raw: unknown) => boolean;
  /** Gives the value or `INVALID`. */
  readonly read: (raw: unknown) => unknown;
  readonly interpret: (raw: unknown) => Outcome | Promise<Outcome>;
  readonly loc: readonly string[];
  /** What of it counts, as JSON can hold it; undefined: all of it, and JSON can. */
  readonly sent?: (raw: unknown) => unknown;
}

/** The outcome of an input that is required and absent. */
export function missing(loc: readonly string[]): Outcome {
  return {
    value: undefined,
    issues: [{ type: 'missing', loc, msg: 'Field required', input: null }],
  };
}
