import type { SchemaObject } from './openapi';

/** Constraints on a value. */
export interface Rules {
  gt?: Ordered;
  ge?: Ordered;
  lt?: Ordered;
  le?: Ordered;
  multipleOf?: number;
  /** Of a string, list, set, record or bytes. */
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
  maxDigits?: number;
  decimalPlaces?: number;
  /** A `Date`, `date` or `datetime` before today or now, by the clock in UTC. */
  past?: true;
  /** A `Date`, `date` or `datetime` after today or now, by the clock in UTC. */
  future?: true;
  /** Whether a `datetime` or `time` has to say its offset, or must not; without it either will do. */
  offset?: boolean;
  allowInfNan?: boolean;
  /** No conversion: `"3"` is not a number. */
  strict?: boolean;
  /** The field that tells the members of a union apart, or a function that names the member. */
  discriminator?: string | ((value: unknown) => string | undefined);
}

/** What the document says about a value. */
export interface Notes {
  title?: string;
  description?: string;
  examples?: readonly unknown[];
  deprecated?: boolean;
  hidden?: boolean;
  /** Merged into the JSON Schema. */
  schemaExtra?: SchemaObject;
}

export interface Example {
  summary?: string;
  description?: string;
  value?: unknown;
  externalValue?: string;
}

export type Ordered = number | bigint | string | Date;
