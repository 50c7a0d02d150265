/** One constraint on a value of the right type. */
export interface Check {
  /** The row in the table of rules: `gt`, `minLength`, `isEmail`, or `custom`. */
  readonly rule: string;
  readonly args: readonly unknown[];
  /** Where it is there it decides instead of the rule: gives false, throws or rejects to refuse; `object` is the DTO under construction. */
  readonly test?: (value: unknown, object: object | undefined) => unknown;
  /** A message of the user's, which wins over ours. */
  readonly message?: (value: unknown, object: object | undefined) => string;
  /** Merged into the issue's `ctx`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Groups of class-validator; undefined: always. */
  readonly groups?: readonly string[];
  readonly always?: boolean;
}
