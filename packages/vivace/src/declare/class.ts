/** A class, also an abstract one. */
export type Class<T = object> = abstract new (...args: never[]) => T;
/**
 * What happens to fields of the input that a DTO does not declare: `ignore` drops them, `forbid`
 * refuses them, `allow` keeps them.
 */
export type Extra = 'ignore' | 'forbid' | 'allow';
export type Literal = string | number | boolean | bigint | null;
/** Text that is kept as it was sent and has a form. */
export type TextFormat =
  | 'uuid'
  | 'email'
  | 'url'
  | 'any-url'
  | 'ip'
  | 'decimal'
  | 'date'
  | 'date-time'
  | 'time'
  | 'duration';

/** What a field validator is told beside the value. */
export interface FieldInfo {
  /** The name of the field. */
  readonly name: string;
  /** Whether the value comes from JSON, or from text as in a query. */
  readonly mode: 'json' | 'text';
  /** The fields validated so far. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** An error that is answered: its class, or only its status. */
export type Thrown = Class<Error> | number;
