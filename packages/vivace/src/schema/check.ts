import type { Class } from '../declare/class';
import type { Message } from './schema';

/** What the user says to a value that does not fit. */
export interface Words {
  /** Wins over our message. */
  readonly message?: Message;
  /** Merged into the issue's `ctx`. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** One constraint on a value of the right type. */
export interface Check extends Words {
  /** The row in the table of rules: `gt`, `minLength`, `isEmail`, or `custom`. */
  readonly rule: string;
  readonly args: readonly unknown[];
  /** Where it is there it decides instead of the rule: gives false to refuse; `object` is the DTO under construction. */
  readonly test?: (value: unknown, object: object | undefined) => unknown;
  /** The class of a constraint of the program's, which the container may make. */
  readonly by?: Class;
  /** Where it is there and gives false, the constraint does not count. */
  readonly when?: (value: unknown, object: object | undefined) => boolean;
}
