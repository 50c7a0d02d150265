import { openRedis } from '../src/client/open-redis';
import { settingsOf, type RedisSettings } from '../src/settings';

/** No test depends on how quick the machine is, but for those that say so. */
export const PATIENT = { connect: 60_000, command: 60_000 };

let made = 0;

/** What parts of the package are given, with keys that nobody else uses. */
export const opened = (url: string, settings: RedisSettings = {}) =>
  openRedis(
    url,
    settingsOf({ prefix: `test-${process.pid}-${(made += 1)}`, timeouts: PATIENT, ...settings }),
    {
      patience: 60_000,
      log: () => undefined,
    },
  );
