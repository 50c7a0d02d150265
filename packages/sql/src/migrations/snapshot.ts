import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { DatabaseSchema } from '@mikro-orm/sql';
import { CommandError } from '../commands/command-error';
import type { OpenDatabase } from '../session/open-database';
import { pendingMigrations } from './readiness';
import { migrationsIn } from './written';

/** The tables as the migrations leave them, in a file beside them that MikroORM compares with the classes. */
export const SNAPSHOT = '.snapshot';

interface SnapshotTable {
  readonly name: string;
  readonly schema?: string;
  columns: Record<string, { name: string }>;
}
interface SnapshotFile {
  readonly tables: SnapshotTable[];
  /** The migrations that have made them; MikroORM does not know it. */
  migrations?: readonly string[];
}

/** A column that has another name in the classes: `author.motto:slogan`. */
export interface Renaming {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** @throws CommandError for what is not written as it should */
export function renamingOf(text: string): Renaming {
  const [, table, from, to] = /^(.+)\.(\w+):(\w+)$/.exec(text) ?? [];
  if (table !== undefined && from !== undefined && to !== undefined) return { table, from, to };
  throw new CommandError(`--rename ${text} names no columns.`, '--rename author.motto:slogan');
}

export function snapshotFile(folder: string): string {
  return join(folder, `${SNAPSHOT}.json`);
}

/** Notes which migrations it counts: somebody may remove one that was not what he wanted. */
export function noteMigrations(folder: string): void {
  const file = snapshotFile(folder);
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as SnapshotFile;
  snapshot.migrations = migrationsIn(folder);
  writeFileSync(file, JSON.stringify(snapshot, null, 2));
}

/** Whether it is there, and counts no migration that is gone. */
function isCurrent(file: string, names: readonly string[]): boolean {
  if (!existsSync(file)) return false;
  const { migrations = [] } = JSON.parse(readFileSync(file, 'utf8')) as SnapshotFile;
  return migrations.every((name) => names.includes(name));
}

/**
 * Sees to it that there is one. Without migrations nothing is there yet; beside migrations it is made anew of
 * the tables of a database that has run all of them.
 *
 * @throws CommandError where no database can say it
 */
export async function ensureSnapshot(
  { orm, pool }: Pick<OpenDatabase, 'orm' | 'pool'>,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = snapshotFile(folder);
  const names = migrationsIn(folder);
  if (isCurrent(file, names)) return;
  if (names.length === 0)
    return writeFileSync(file, JSON.stringify({ tables: [], namespaces: [] }));
  const pending = await pendingMigrations(pool, { folder, names });
  if (pending.length > 0)
    throw new CommandError(
      `${basename(folder)}/${basename(file)} does not say what these migrations have made, and the database has not run ${pending.join(', ')}.`,
      'that file from your repository, or vivace db migrate first',
    );
  writeFileSync(file, JSON.stringify(await tablesOf(orm), null, 2));
}

function tablesOf(orm: MikroORM): Promise<DatabaseSchema> {
  const connection = orm.em.getConnection();
  return DatabaseSchema.create(connection, orm.em.getPlatform(), orm.config);
}

/**
 * Renames columns in the snapshot, or takes them out.
 *
 * @throws CommandError for a column that it does not have
 */
export function changeSnapshot(
  folder: string,
  renamed: readonly Renaming[],
  dropped: readonly Pick<Renaming, 'table' | 'from'>[],
): void {
  const file = snapshotFile(folder);
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as SnapshotFile;
  for (const { table, from, to } of renamed) {
    const found = tableIn(snapshot, table, from);
    found.columns = Object.fromEntries(
      Object.entries(found.columns).map(([name, column]) =>
        name === from ? [to, { ...column, name: to }] : [name, column],
      ),
    );
  }
  for (const { table, from } of dropped) delete tableIn(snapshot, table, from).columns[from];
  writeFileSync(file, JSON.stringify(snapshot, null, 2));
}

function tableIn({ tables }: SnapshotFile, name: string, column: string): SnapshotTable {
  const found = tables.find((table) =>
    [table.name, `${table.schema ?? 'public'}.${table.name}`].includes(name),
  );
  if (found?.columns[column] !== undefined) return found;
  throw new CommandError(
    `No migration has made ${name}.${column}.`,
    `the names of the database: ${tables.map((table) => table.name).join(', ')}`,
  );
}
