import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SideCar } from './type-data';

/** Where development and tests keep the types of a package. */
export function developmentFile(root: string): string {
  return join(root, '.vivace', 'types.json');
}

/** Where a build keeps them: a name that is CommonJS in every package. */
export function buildFile(outDir: string): string {
  return join(outDir, '__types.cjs');
}

/** Reads a side-car of either kind; undefined where there is none. */
export function readSideCar(file: string): SideCar | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return JSON.parse(text.replace(/^module\.exports = /, '').replace(/;\s*$/, '')) as SideCar;
}

export function writeSideCar(file: string, sideCar: SideCar): void {
  const json = JSON.stringify(sideCar);
  replaceFile(file, file.endsWith('.cjs') ? `module.exports = ${json};\n` : `${json}\n`);
}

/** Replaces the file at once, so that nobody reads half of it. */
export function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
