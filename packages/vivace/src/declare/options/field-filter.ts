/** Which fields of a DTO are written. */
export interface FieldFilter {
  /** The only fields that are written. */
  readonly include?: readonly string[];
  /** Fields that are not written. */
  readonly exclude?: readonly string[];
  /**
   * Whether fields that were never set are left out.
   * @default `false`
   */
  readonly excludeUnset?: boolean;
  /**
   * Whether fields that have their default are left out.
   * @default `false`
   */
  readonly excludeDefaults?: boolean;
  /**
   * Whether fields that are null are left out.
   * @default `false`
   */
  readonly excludeNone?: boolean;
  /**
   * Whether fields are written by their aliases.
   * @default `true`
   */
  readonly byAlias?: boolean;
}
