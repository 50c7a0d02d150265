import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../opening/project';
import { isTesting } from '../opening/target';
import type { MigrationClass } from './run';

/**
 * The class of a migration.
 *
 * @throws TypeError for a file that has none
 */
export function loadMigration(folder: string, name: string): MigrationClass {
  const exported = Object.values(modules(folder, name));
  const found = exported.find((value): value is MigrationClass => typeof value === 'function');
  if (found === undefined) throw new TypeError(`${join(folder, name)} exports no migration.`);
  return found;
}

function modules(folder: string, name: string): object {
  const source = join(folder, `${name}.ts`);
  // Jest reads TypeScript by itself, and no modules of Node.
  if (isTesting()) return require(source) as object;
  const built = existsSync(source) ? buildMigration(source, name) : join(folder, `${name}.mjs`);
  return createRequire(built)(built) as object;
}

/** In development: below the project, so that what it imports is found there. */
function buildMigration(source: string, name: string): string {
  const target = join(projectRoot(), '.vivace', 'migrations');
  mkdirSync(target, { recursive: true });
  const file = join(target, `${name}.mjs`);
  writeFileSync(file, withoutTypes(source));
  return file;
}

/** The JavaScript of a migration: a module, whatever the project is made of. */
export function withoutTypes(source: string): string {
  return stripTypeScriptTypes(readFileSync(source, 'utf8'));
}
