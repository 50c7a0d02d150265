import type { SettingsOptions } from './options/settings-options';
import { declare } from './class-facts';
import { callSite } from './call-site';
import { Placement } from './placement';

const placement = new Placement('Settings', ['a class'], '`@Settings() class AppSettings { … }`');

/**
 * Makes a class the application's settings: read from the environment at boot, injected by its
 * type.
 *
 * @example
 * @Settings({ prefix: 'SHOP_', envFile: '.env' })
 * class ShopSettings { databaseUrl!: string; pageSize: int = 20 }
 */
export function Settings(options: SettingsOptions = {}): (target: new () => object) => void {
  placement.checkCalled(arguments, Settings);
  const where = callSite(Settings);
  return (...applied) => {
    placement.check(applied, where);
    declare(applied[0], { settings: Object.freeze({ ...options }), where });
  };
}
