import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withoutTypes } from '../migrations/load';
import { writtenMigrations } from '../migrations/written';
import { settingsWithoutClasses } from './place';

const MARK = '// Written by vivace build.\n';

/**
 * Writes the migrations as JavaScript, and the program that runs them: `node dist/db.js migrate`.
 *
 * @throws Error where the program has a `db.js` of its own
 */
export function built({ root }: { readonly root: string }, outDir: string): void {
  const { folder, names } = writtenMigrations(root, settingsWithoutClasses().migrations, false);
  if (names.length === 0) return;
  const target = join(outDir, 'migrations');
  mkdirSync(target, { recursive: true });
  for (const name of names)
    writeFileSync(join(target, `${name}.mjs`), withoutTypes(join(folder, `${name}.ts`)));
  const program = join(outDir, 'db.js');
  if (existsSync(program) && !readFileSync(program, 'utf8').startsWith(MARK))
    throw new Error(
      `${program} is where the build writes the program that migrates: give your own db.ts another name, such as database.ts.`,
    );
  writeFileSync(program, MARK + migratingProgram(root));
}

/** Works in projects of both kinds of modules; knows of the tables of packages, although it does not load the application. */
function migratingProgram(root: string): string {
  const modules = ['@vivace/sql/db', ...packagesWithTables(root).map((name) => `${name}/tables`)];
  const imports = modules.map((module) => `import('${module}')`);
  return `Promise.all([${imports.join(', ')}]).then(([{ main }]) => main());\n`;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly vivace?: { readonly tables?: boolean };
}

/** Dependencies whose package.json says `"vivace": { "tables": true }`: their module `tables` calls `keepTables`. */
function packagesWithTables(root: string): readonly string[] {
  const { resolve } = createRequire(join(root, 'package.json'));
  const manifestOf = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const { dependencies = {} } = manifestOf(join(root, 'package.json'));
  return Object.keys(dependencies).filter((name) => {
    try {
      return manifestOf(resolve(`${name}/package.json`)).vivace?.tables === true;
    } catch {
      // A package that shows nobody its package.json is none of ours.
      return false;
    }
  });
}
