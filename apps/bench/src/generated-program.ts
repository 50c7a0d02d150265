import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Writes and builds a program with the packages of a checkout.
 *
 * @param folder the checkout
 * @param name of the folder in its `.cache`
 * @param sources by their names; `main.ts` begins
 * @returns the file to run
 */
export function buildGeneratedProgram(
  folder: string,
  name: string,
  sources: Readonly<Record<string, string>>,
): string {
  const root = join(folder, '.cache', name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'src'), { recursive: true });
  symlinkSync(join(folder, 'node_modules'), join(root, 'node_modules'), 'junction');
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name, type: 'module' }));
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist', composite: false, declarationMap: false },
      include: ['src'],
    }),
  );
  for (const [file, text] of Object.entries(sources)) writeFileSync(join(root, 'src', file), text);
  const { resolve } = createRequire(join(folder, 'package.json'));
  const bin = (of: string, file: string): string =>
    join(dirname(resolve(`${of}/package.json`)), 'bin', file);
  for (const args of [
    [bin('typescript', 'tsc'), '-p', root],
    [bin('@vivace/compiler', 'vivace-types.js'), '--inject', 'dist'],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')}:\n${stdout}${stderr}`);
  }
  return join(root, 'dist/main.js');
}
