import { declare } from './declarations';
import { callSite } from './call-site';

/**
 * Makes a class the application's settings: read from the environment at boot, injected by its
 * type.
 *
 * @example
 * @Settings({ prefix: 'SHOP_', envFile: '.env' })
 * class ShopSettings { databaseUrl!: string; pageSize: int = 20 }
 */
export function Settings(options: SettingsOptions = {}): (target: new () => object) => void {
  const where = callSite(Settings);
  return (target) => declare(target, { settings: Object.freeze({ ...options }), where });
}

/** Where settings are read from. */
export interface SettingsOptions {
  /** What the names of the variables begin with, such as `SHOP_`. */
  prefix?: string;
  /** Files of variables; of several the last wins, and the environment wins over all. */
  envFile?: string | readonly string[];
  /** A directory with one file for each variable. */
  secretsDir?: string;
  /**
   * What stands between the names of nested settings.
   * @default `__`
   */
  delimiter?: string;
  /**
   * Whether a variable is called exactly like its field.
   * @default `false`
   */
  caseSensitive?: boolean;
}
