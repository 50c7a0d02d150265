import type { Schema } from '../schema';

/** What an issue says apart from its place and input. */
export interface Problem {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** One constraint: how it is checked, documented and explained, side by side. */
export interface Rule {
  /** The kinds of schema it speaks of, the most natural first; absent: any value. */
  readonly for?: readonly Schema['kind'][];
  /** Whether a value of the right type passes. */
  test(value: unknown, args: readonly unknown[]): boolean;
  /** The same as a JavaScript expression, where that is shorter than a call; `constant` names a value for it. */
  emit?(value: string, args: readonly unknown[], constant: (value: unknown) => string): string;
  /** Keywords of JSON Schema. */
  document?(args: readonly unknown[], schema: Schema): Readonly<Record<string, unknown>>;
  explain(args: readonly unknown[], value: unknown, schema: Schema): Problem;
}

export type Rules = Readonly<Record<string, Rule>>;
