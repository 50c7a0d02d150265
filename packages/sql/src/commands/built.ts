import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutTypes } from '../migrations/load';
import { writtenMigrations } from '../migrations/written';
import { settingsWithoutClasses } from './place';

/** Works in projects of both kinds of modules. */
const PROGRAM = "import('@vivace/sql/db').then(({ main }) => main());\n";

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
  if (existsSync(program) && readFileSync(program, 'utf8') !== PROGRAM)
    throw new Error(
      `${program} is where the build writes the program that migrates: give your own db.ts another name, such as database.ts.`,
    );
  writeFileSync(program, PROGRAM);
}
