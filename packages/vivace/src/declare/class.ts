/** A class that can be instantiated or only named. */
export type Class<T = object> = abstract new (...args: never[]) => T;
/** What happens to fields of the input that a DTO does not declare. */
export type Extra = 'ignore' | 'forbid' | 'allow';
export type Literal = string | number | boolean | bigint | null;
/** Text that is kept as it was sent and has a form. */
export type TextFormat =
  'uuid' | 'email' | 'url' | 'ip' | 'decimal' | 'date' | 'date-time' | 'time' | 'duration';

/** What a field validator is told beside the value. */
export interface FieldInfo {
  readonly name: string;
  readonly mode: 'json' | 'text';
  /** The fields validated so far. */
  readonly values: Readonly<Record<string, unknown>>;
}
