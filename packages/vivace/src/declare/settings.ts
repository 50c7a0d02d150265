import type { SettingsOptions } from './options/settings-options';
import { declare } from './class-facts';
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
