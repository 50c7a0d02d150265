/** Which fields of a DTO are written. */
export interface FieldFilter {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Leaves out fields that were not sent. */
  readonly excludeUnset?: boolean;
  /** Leaves out fields that have their default. */
  readonly excludeDefaults?: boolean;
  /** Leaves out fields that are null. */
  readonly excludeNone?: boolean;
  /** Writes a field by its alias, which is the default. */
  readonly byAlias?: boolean;
}
