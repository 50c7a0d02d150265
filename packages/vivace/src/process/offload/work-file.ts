import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file of a module. Sources name `work.js`, of which there is only `work.ts` before they are
 * built; those that name `work.ts` have only `work.js` afterwards.
 */
export function workFile(module: URL | string): string {
  const isPath = typeof module === 'string' && !module.startsWith('file:');
  const path = isPath ? module : fileURLToPath(module);
  if (!isAbsolute(path))
    throw new TypeError(
      `offload('${path}'): a path begins at the root: write new URL('./work.js', import.meta.url), or require.resolve('./work.js') in CommonJS.`,
    );
  const other = path.replace(/(?<=\.[cm]?)[jt](?=sx?$)/, (letter) => (letter === 'j' ? 't' : 'j'));
  const found = [path, other].find((file) => existsSync(file));
  if (found === undefined)
    throw new TypeError(`offload('${path}'): there is no such file, nor ${other}.`);
  return found;
}
