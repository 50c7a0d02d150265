import { registerHooks } from 'node:module';

/** The pages of the dashboard, which bring a pg-boss of their own. */
const MODULE = '/@pg-boss/dashboard/build/server/index.js';
const SAME = 'if (schemaVersion !== await this.schemaVersion())';
const SAME_OR_NEWER = 'if (!(schemaVersion <= await this.schemaVersion()))';

/**
 * Has the pages of the dashboard work on the tables of the program, from now until it is disposed of.
 * Their pg-boss is older than that of the program and would refuse its tables, so that no job could be
 * seen or begun anew; while a program is rolled out, older ones work beside newer ones as well.
 */
export function acceptNewerTables(): Disposable {
  const hooks = registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(MODULE)) return loaded;
      return { ...loaded, source: String(loaded.source).replace(SAME, SAME_OR_NEWER) };
    },
  });
  return { [Symbol.dispose]: () => hooks.deregister() };
}
