import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOptions, moduleOf } from './file-options';
import { transform } from '../emit/transform';
import { packageAt } from '../project/packages';
import { isSource } from '../project/sources';

/**
 * From now on this thread loads TypeScript, as the tests do: with decorator metadata, and with
 * `./user.ts` where the source says `./user.js` or `./user`. Errors show the lines of the sources.
 */
export function registerTypeScript(): void {
  process.setSourceMapsEnabled(true);
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        for (const source of sourcesFor(specifier)) {
          try {
            return next(source, context);
          } catch {
            // The next one.
          }
        }
        throw error;
      }
    },
    load(url, context, next) {
      if (!url.startsWith('file:') || !isSource(url) || url.includes('/node_modules/'))
        return next(url, context);
      const filename = fileURLToPath(url);
      const module = moduleOf(filename, packageAt(dirname(filename)).type);
      const { code, map } = transform(readFileSync(filename, 'utf8'), {
        filename,
        module,
        ...fileOptions(filename),
      });
      const inline = Buffer.from(map).toString('base64');
      return {
        format: module === 'es6' ? 'module' : 'commonjs',
        shortCircuit: true,
        source: `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`,
      };
    },
  });
}

/** How the file of TypeScript may be called that is imported as JavaScript, or without a suffix. */
function sourcesFor(specifier: string): readonly string[] {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return [];
  const [, stem, suffix] = /^(.*\.[cm]?)js(x?)$/.exec(specifier) ?? [];
  if (stem !== undefined) return [`${stem}ts${suffix}`, ...(suffix ? [] : [`${stem}tsx`])];
  return ['.ts', '.tsx', '/index.ts'].map((end) => specifier + end);
}
