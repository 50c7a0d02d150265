import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
  if (isTesting()) return evaluated(source);
  const built = existsSync(source) ? buildMigration(source, name) : join(folder, `${name}.mjs`);
  return createRequire(built)(built) as object;
}

/** Jest loads no modules of Node; and classes of migrations are no types of the program. */
function evaluated(source: string): object {
  const exported = {};
  new Function('require', 'exports', transformed(source, 'commonjs'))(
    createRequire(source),
    exported,
  );
  return exported;
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
  return transformed(source, 'es6');
}

/** By the compiler that programs are developed with. */
function transformed(source: string, type: 'commonjs' | 'es6'): string {
  const project = createRequire(join(projectRoot(), 'package.json'));
  const compiler = createRequire(project.resolve('@vivace/compiler/package.json'));
  const { transformSync } = compiler('@swc/core') as {
    transformSync(text: string, options: object): { readonly code: string };
  };
  return transformSync(readFileSync(source, 'utf8'), {
    configFile: false,
    swcrc: false,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type },
  }).code;
}
