import type { Rules as Options } from '../../declare/options/field-options';
import type { Schema } from '../schema';

/** What an issue says apart from its place and input. */
export interface Problem {
  readonly type: string;
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** One constraint: how it is checked, documented and explained, side by side; `A` its arguments, `V` the values of the kinds it speaks of. */
export interface Rule<A extends readonly unknown[] = readonly unknown[], V = unknown> {
  /** The kinds of schema it speaks of, the most natural first; absent: any value. */
  readonly for?: readonly Schema['kind'][];
  /** Of those kinds only some schemas. */
  fits?(schema: Schema): boolean;
  /** The option of `@Field`, an input or JSDoc that asks for it. */
  readonly option?: keyof Options;
  /** Its arguments, where they are not just what the option says; undefined if it is not asked for after all. */
  args?(options: Options, schema: Schema): A | undefined;
  /** Whether a value of the right type passes. */
  test(value: V, args: A): boolean;
  /** The same as a JavaScript expression, where that is shorter than a call; `constant` names a value for it. */
  emit?(value: string, args: A, constant: (value: unknown) => string): string;
  /** Looks at nothing of a list but how many items it has. */
  readonly counts?: true;
  /** Keywords of JSON Schema. */
  document?(args: A, schema: Schema): Readonly<Record<string, unknown>>;
  explain(args: A, value: V, schema: Schema): Problem;
}

/** A rule with the types of its arguments and values. */
export const rule = <A extends readonly unknown[], V = unknown>(made: Rule<A, V>): Rule<A, V> =>
  made;

export type Rules = Readonly<Record<string, Rule>>;

/** Whether a constraint says something about values of a schema. A literal or an enum is of the kind of its values; a tuple is a list. */
export function speaksOf({ for: kinds, fits }: Rule, schema: Schema): boolean {
  return (kinds === undefined || isOneOf(kinds, schema)) && (fits?.(schema) ?? true);
}

function isOneOf(kinds: readonly string[], schema: Schema): boolean {
  if (kinds.includes(schema.kind)) return true;
  if (schema.kind === 'literal' || schema.kind === 'enum')
    return schema.values.some((value) => kinds.includes(typeof value));
  return schema.kind === 'tuple' && kinds.includes('list');
}
