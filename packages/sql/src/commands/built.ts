import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutTypes } from '../migrations/load';
import { writtenMigrations } from '../migrations/written';
import { settingsWithoutClasses } from './place';

/** Works in projects of both kinds of modules. */
const PROGRAM = "import('@vivace/sql/db').then(({ main }) => main());\n";

/** Writes the migrations as JavaScript, and the program that runs them: `node dist/db.js migrate`. */
export function built({ root }: { readonly root: string }, outDir: string): void {
  const { folder, names } = writtenMigrations(root, settingsWithoutClasses().migrations, false);
  if (names.length === 0) return;
  const target = join(outDir, 'migrations');
  mkdirSync(target, { recursive: true });
  for (const name of names)
    writeFileSync(join(target, `${name}.mjs`), withoutTypes(join(folder, `${name}.ts`)));
  writeFileSync(join(outDir, 'db.js'), PROGRAM);
}
