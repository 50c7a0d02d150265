import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { portable } from './packages';

/** Every TypeScript file of a package, as the checker calls it: below its root, without declaration files, what was built or installed, and packages inside it. */
export function sourcesOf(root: string): string[] {
  return [...below(root)].filter(isSource).sort();
}

/** Declaration files that are written by hand: they may add to what a program sees everywhere. */
export function declarationFilesOf(root: string): string[] {
  return [...below(root)].filter(isDeclarationFile).sort();
}

function* below(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = portable(join(directory, entry.name));
    if (entry.isDirectory() && isOwn(path, entry.name)) yield* below(path);
    else if (entry.isFile() && /\.[cm]?tsx?$/.test(entry.name)) yield path;
  }
}

/** The roots of the packages with a tsconfig at or below a directory. */
export function* packageRoots(directory: string): Generator<string> {
  if (existsSync(join(directory, 'package.json')) && existsSync(join(directory, 'tsconfig.json')))
    yield directory;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory() && !isGenerated(entry.name))
      yield* packageRoots(join(directory, entry.name));
  }
}

export function isSource(name: string): boolean {
  return /\.[cm]?tsx?$/.test(name) && !isDeclarationFile(name);
}

export function isDeclarationFile(name: string): boolean {
  return /\.d\.([\w-]+\.)?[cm]?ts$/.test(name);
}

function isOwn(path: string, name: string): boolean {
  return !isGenerated(name) && !existsSync(join(path, 'package.json'));
}

function isGenerated(name: string): boolean {
  return name.startsWith('.') || ['node_modules', 'dist', 'coverage'].includes(name);
}
