import type { SchemaObject } from './openapi';

/** Constraints on a value. */
export interface Rules {
  /** The value has to be above this. */
  gt?: Ordered;
  /** The value has to be at least this. */
  ge?: Ordered;
  /** The value has to be below this. */
  lt?: Ordered;
  /** The value has to be at most this. */
  le?: Ordered;
  /** The value has to be a multiple of this. */
  multipleOf?: number;
  /** The least length of a string, list, set, record or bytes. */
  minLength?: number;
  /** The greatest length of a string, list, set, record or bytes. */
  maxLength?: number;
  /** What is searched for in a string; `^` and `$` tie it to the whole. */
  pattern?: RegExp;
  /** The most digits of a `decimal`, without its sign and point. */
  maxDigits?: number;
  /** The most digits behind the point of a `decimal`. */
  decimalPlaces?: number;
  /** A `Date`, `date` or `datetime` has to be before now, or today, in UTC. */
  past?: true;
  /** A `Date`, `date` or `datetime` has to be after now, or today, in UTC. */
  future?: true;
  /**
   * Whether a `datetime` or `time` has to say its offset (`true`) or must not (`false`).
   * @default either will do
   */
  offset?: boolean;
  /**
   * Whether a number may be NaN or infinite.
   * @default `false`
   */
  allowInfNan?: boolean;
  /**
   * Whether JSON is read without conversion, so that `"3"` is no number.
   * @default that of the DTO or application
   */
  strict?: boolean;
  /** The field that tells the members of a union apart, or a function that names the member. */
  discriminator?: string | ((value: unknown) => string | undefined);
}

/** What the document says about a value. */
export interface Notes {
  /**
   * Its title, in the document.
   * @default made from its name
   */
  title?: string;
  /**
   * A text about it in Markdown, in the document.
   * @default its comment
   */
  description?: string;
  /** Examples, in the document. */
  examples?: readonly unknown[];
  /** Whether the document says that it is deprecated. */
  deprecated?: boolean;
  /** Whether the document leaves it out. */
  hidden?: boolean;
  /** Merged into its JSON Schema. */
  schemaExtra?: SchemaObject;
}

/** An example, as OpenAPI describes it. */
export interface Example {
  /** One line about it. */
  summary?: string;
  /** A text about it in Markdown. */
  description?: string;
  /** The example itself. */
  value?: unknown;
  /** The address of the example. */
  externalValue?: string;
}

export type Ordered = number | bigint | string | Date;
