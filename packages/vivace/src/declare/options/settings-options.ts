/** Where settings are read from. */
export interface SettingsOptions {
  /** What the names of the variables begin with, such as `SHOP_`. */
  readonly prefix?: string;
  /** Files of variables; of several the last wins, and the environment wins over all. */
  readonly envFile?: string | readonly string[];
  /** A directory with one file for each variable. */
  readonly secretsDir?: string;
  /**
   * What stands between the names of nested settings.
   * @default `__`
   */
  readonly delimiter?: string;
  /**
   * Whether a variable is called exactly like its field.
   * @default `false`
   */
  readonly caseSensitive?: boolean;
}
