import type { Type } from '../type';
import type { SchemaObject } from '../openapi';

/** Constraints on a value. */
export interface Rules {
  /** The value has to be above this. */
  readonly gt?: Ordered;
  /** The value has to be at least this. */
  readonly ge?: Ordered;
  /** The value has to be below this. */
  readonly lt?: Ordered;
  /** The value has to be at most this. */
  readonly le?: Ordered;
  /** The value has to be a multiple of this. */
  readonly multipleOf?: number;
  /** The least length of a string, list, set, record or bytes. */
  readonly minLength?: number;
  /** The greatest length of a string, list, set, record or bytes. */
  readonly maxLength?: number;
  /** What is searched for in a string; `^` and `$` tie it to the whole. */
  readonly pattern?: RegExp;
  /** The most digits of a `decimal`, without its sign and point. */
  readonly maxDigits?: number;
  /** The most digits behind the point of a `decimal`. */
  readonly decimalPlaces?: number;
  /** A `Date`, `date` or `datetime` has to be before now, or today, in UTC. */
  readonly past?: true;
  /** A `Date`, `date` or `datetime` has to be after now, or today, in UTC. */
  readonly future?: true;
  /**
   * Whether a `datetime` or `time` has to say its offset (`true`) or must not (`false`).
   * @default either will do
   */
  readonly offset?: boolean;
  /**
   * Whether a number may be NaN or infinite.
   * @default `false`
   */
  readonly allowInfNan?: boolean;
  /**
   * Whether JSON is read without conversion, so that `"3"` is no number.
   * @default that of the DTO or application
   */
  readonly strict?: boolean;
  /** The field that tells the members of a union apart, or a function that names the member. */
  readonly discriminator?: string | ((value: unknown) => string | undefined);
}

/** What the document says about a value. */
export interface Notes {
  /**
   * Its title, in the document.
   * @default made from its name
   */
  readonly title?: string;
  /**
   * A text about it in Markdown, in the document.
   * @default its comment
   */
  readonly description?: string;
  /** Examples, in the document. */
  readonly examples?: readonly unknown[];
  /** Whether the document says that it is deprecated. */
  readonly deprecated?: boolean;
  /** Whether the document leaves it out. */
  readonly hidden?: boolean;
  /** Merged into its JSON Schema. */
  readonly schemaExtra?: SchemaObject;
}

/** An example, as OpenAPI describes it. */
export interface Example {
  /** One line about it. */
  readonly summary?: string;
  /** A text about it in Markdown. */
  readonly description?: string;
  /** The example itself. */
  readonly value?: unknown;
  /** The address of the example. */
  readonly externalValue?: string;
}

export type Ordered = number | bigint | string | Date;

/** What a field has beside its type. */
export interface FieldOptions extends Rules, Notes {
  /** Its type, where the side-car of types cannot say it. */
  readonly type?: Type;
  /**
   * Its name on the wire; `in` and `out` where requests and responses differ.
   * @default its name
   */
  readonly alias?: string | { readonly in?: string | readonly string[]; readonly out?: string };
  /**
   * Whether it is never written to a response.
   * @default `false`
   */
  readonly exclude?: boolean;
}
