import { openRedis } from '../src/client/open-redis';
import { settingsOf, type RedisSettings } from '../src/settings';

let made = 0;

/** What parts of the package are given, with keys that nobody else uses. */
export const opened = (url: string, settings: RedisSettings = {}) =>
  openRedis(url, settingsOf({ prefix: `test-${process.pid}-${(made += 1)}`, ...settings }), {
    patience: 60_000,
    log: () => undefined,
  });
