import { declare } from './declarations';
import { callSite } from './call-site';

/**
 * Makes a class the application's settings: read from the environment at boot, injected by its type.
 *
 * @example
 * @Settings({ prefix: 'SHOP_', envFile: '.env' })
 * class ShopSettings { databaseUrl!: string; pageSize: int = 20 }
 */
export function Settings(options: SettingsOptions = {}): (target: new () => object) => void {
  const where = callSite(Settings);
  return (target) => declare(target, { settings: Object.freeze({ ...options }), where });
}

export interface SettingsOptions {
  /** What the names of the variables start with. */
  prefix?: string;
  /** Files read before the environment, which wins. */
  envFile?: string | readonly string[];
  /** A directory with one file a value. */
  secretsDir?: string;
  /** What separates the names of nested settings: `__`. */
  delimiter?: string;
  caseSensitive?: boolean;
}
