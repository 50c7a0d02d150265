import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { exportOf, WHOLE, type ClassOrigin, type ErrorClass } from './thrown';

/**
 * Finds the file that exports a class, among those that this thread has loaded from now on.
 *
 * Node lists the modules of CommonJS, but not those of ES modules: these are noted while they load.
 */
export function classOrigins(): (type: ErrorClass) => Promise<ClassOrigin | undefined> {
  const modules = new Set<string>();
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (loaded.format === 'module' && url.startsWith('file:')) modules.add(url);
      return loaded;
    },
  });
  const found = new Map<ErrorClass, ClassOrigin | undefined>();
  return async (type) => {
    if (!found.has(type)) found.set(type, inCommonJS(type) ?? (await inModules(type, modules)));
    return found.get(type);
  };
}

function inCommonJS(type: ErrorClass): ClassOrigin | undefined {
  for (const module of Object.values(require.cache)) {
    const exported = module && nameIn(module.exports, type);
    if (exported !== undefined) return { exported, file: module!.filename };
  }
  return undefined;
}

async function inModules(
  type: ErrorClass,
  urls: Iterable<string>,
): Promise<ClassOrigin | undefined> {
  for (const url of urls) {
    // It is loaded already, unless it failed.
    const exports: unknown = await import(url).catch(() => undefined);
    const exported = nameIn(exports, type);
    if (exported !== undefined) return { exported, file: fileURLToPath(url) };
  }
  return undefined;
}

/** The name that a module exports a class by. Others than these may be getters with effects. */
function nameIn(exports: unknown, type: ErrorClass): string | undefined {
  return [WHOLE, type.name, 'default'].find((name) => exportOf(exports, name) === type);
}
