import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { extractTypes } from './extract';
import { moduleId, packageAt, portable } from './packages';
import { buildFile, readSideCar, writeSideCar } from './side-car-file';
import { sourcesOf } from './sources';
import { transform } from './transform';
import { definesFields, nearestConfig } from './tsconfig';

/** What `transpile` wrote. */
export interface Transpiled {
  readonly files: number;
  readonly definitions: number;
  /** Files with type errors in their definitions. */
  readonly broken: readonly string[];
}

/**
 * Turns a whole project into JavaScript that runs: every TypeScript file below its root, source maps, and the side-car of types.
 *
 * @param directory the project's root
 * @param outDir where the JavaScript goes; imports of packages must resolve from there
 * @throws Error when a file has a syntax error
 */
export function transpile(directory: string, outDir: string): Transpiled {
  const [root, target] = [resolve(directory), resolve(outDir)];
  const files = sourcesOf(root);
  const { type } = packageAt(root);
  const useDefineForClassFields = definesFields(nearestConfig(root));
  mkdirSync(target, { recursive: true });
  if (packageAt(target).type !== type) writeFileSync(join(target, 'package.json'), JSON.stringify({ type }));
  const scripts: [module: string, script: string][] = [];
  for (const filename of files) {
    const script = relative(root, filename).replace(/tsx?$/, 'js');
    const output = join(target, script);
    scripts.push([moduleId(filename), portable(script)]);
    const { code, map } = transform(readFileSync(filename, 'utf8'), {
      filename,
      module: moduleOf(filename, type),
      useDefineForClassFields,
    });
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`);
    writeFileSync(`${output}.map`, map);
  }
  const { sideCar, broken } = extractTypes(root, { previous: readSideCar(buildFile(target)) });
  writeSideCar(buildFile(target), { ...sideCar, scripts: Object.fromEntries(scripts) });
  return { files: files.length, definitions: Object.keys(sideCar.defs).length, broken };
}

function moduleOf(filename: string, type: 'module' | 'commonjs'): 'es6' | 'commonjs' {
  const extension = extname(filename);
  if (extension === '.mts') return 'es6';
  return extension === '.cts' || type === 'commonjs' ? 'commonjs' : 'es6';
}
