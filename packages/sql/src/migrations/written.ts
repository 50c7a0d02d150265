import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The migrations of a project, in the order in which they run. */
export interface Written {
  readonly folder: string;
  /** Without extension. */
  readonly names: readonly string[];
}

/** A migration is written as TypeScript, and built as a module of JavaScript. */
const MIGRATION = /^(.+)\.(?:ts|mjs)$/;

/**
 * Finds the migrations of a project.
 *
 * @param built whether those that `vivace build` wrote count: beside the program that runs, or in `dist`
 */
export function writtenMigrations(root: string, directory: string, built: boolean): Written {
  const [, program = ''] = process.argv;
  const folders = built
    ? [join(dirname(program), 'migrations'), join(root, 'dist', 'migrations')]
    : [];
  const source = resolve(root, directory);
  const folder = folders.find((each) => existsSync(each)) ?? source;
  return { folder, names: migrationsIn(folder) };
}

/** The names of those in a folder. */
export function migrationsIn(folder: string): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .flatMap((file) => (file.endsWith('.d.ts') ? [] : (MIGRATION.exec(file)?.[1] ?? [])))
    .toSorted();
}
