import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Migrator, TSMigrationGenerator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { OpenDatabase } from '../session/open-database';
import { checkDifference, type Difference } from './rules';
import {
  changeSnapshot,
  ensureSnapshot,
  noteMigrations,
  renamingOf,
  SNAPSHOT,
  snapshotFile,
  type Renaming,
} from './snapshot';
import { migrationsIn } from './written';

/** What is said with `vivace db generate`. */
export interface GenerateOptions {
  readonly name?: string;
  /** True: whatever is gone; or columns, as `author.motto`. */
  readonly drop?: boolean | readonly string[];
  /** `author.motto:slogan`. */
  readonly rename?: readonly string[];
}

/**
 * Writes a migration of the difference between the classes and those that are there.
 *
 * @returns its name; undefined where nothing differs
 * @throws CommandError for what would lose values without a word; nothing is written then
 */
export async function generateMigration(
  database: Pick<OpenDatabase, 'orm' | 'pool'>,
  folder: string,
  { name, drop = false, rename = [] }: GenerateOptions,
): Promise<string | undefined> {
  const { orm } = database;
  await ensureSnapshot(database, folder);
  const before = readFileSync(snapshotFile(folder), 'utf8');
  const renamed = rename.map(renamingOf);
  const dropped = drop === true || drop === false ? [] : drop.map(columnOf);
  try {
    changeSnapshot(folder, renamed, dropped);
    const own = ownStatements(renamed, dropped);
    const { migrator, generator } = migratorIn(orm, folder, drop === true, own);
    const { fileName } = await migrator.create(undefined, false, false, name);
    const written =
      fileName === '' && own.up.length > 0
        ? (await generator.generate({ up: [], down: [] }, undefined, name))[1]
        : fileName;
    if (written === '') return undefined;
    noteMigrations(folder);
    return basename(written, '.ts');
  } catch (error) {
    writeFileSync(snapshotFile(folder), before);
    throw error;
  }
}

/** Whether the classes say something else than the migrations. */
export async function differs(
  database: Pick<OpenDatabase, 'orm' | 'pool'>,
  folder: string,
): Promise<boolean> {
  await ensureSnapshot(database, folder);
  return migratorIn(database.orm, folder, true, { up: [], down: [] }).migrator.checkSchema();
}

function columnOf(text: string): Pick<Renaming, 'table' | 'from'> {
  const { table, from } = renamingOf(`${text}:x`);
  return { table, from };
}

/** What is done to columns that the snapshot has no longer, or under another name. */
function ownStatements(
  renamed: readonly Renaming[],
  dropped: readonly Pick<Renaming, 'table' | 'from'>[],
): Difference {
  const change = (table: string, what: string): string =>
    `alter table ${table
      .split('.')
      .map((part) => `"${part}"`)
      .join('.')} ${what};`;
  return {
    up: [
      ...renamed.map(({ table, from, to }) => change(table, `rename column "${from}" to "${to}"`)),
      ...dropped.map(({ table, from }) => change(table, `drop column "${from}"`)),
    ],
    down: renamed.map(({ table, from, to }) => change(table, `rename column "${to}" to "${from}"`)),
  };
}

function migratorIn(orm: MikroORM, folder: string, drop: boolean, own: Difference) {
  /** Checks what the library found before anything is written, and writes it in the words of this package. */
  class Generator extends TSMigrationGenerator {
    override generate(found: Difference, path?: string, name?: string): Promise<[string, string]> {
      checkDifference(found, { drop });
      const up = [...own.up, ...found.up];
      return super.generate({ up, down: [...found.down, ...own.down] }, path, name);
    }
    override generateMigrationFile(className: string, difference: Difference): string {
      return super
        .generateMigrationFile(className, difference)
        .replace("'@mikro-orm/migrations'", "'@vivace/sql'");
    }
  }
  orm.config.set('migrations', {
    ...orm.config.get('migrations'),
    path: folder,
    pathTs: folder,
    emit: 'ts',
    snapshot: true,
    snapshotName: SNAPSHOT,
    silent: true,
    generator: Generator,
    fileName: (timestamp: string, name?: string) => {
      const stamp = laterThanAll(timestamp, folder);
      return name === undefined ? stamp : `${stamp}_${name}`;
    },
  });
  const migrator = new Migrator(orm.em);
  const options = orm.config.get('migrations');
  const generator = new Generator(orm.em.getDriver(), orm.config.getNamingStrategy(), options);
  return { migrator, generator };
}

/** Migrations run in the order of their names, also where two are written in one second. */
function laterThanAll(timestamp: string, folder: string): string {
  const stamps = migrationsIn(folder).map((name) => name.slice(0, timestamp.length));
  const last = stamps.findLast((stamp) => /^\d+$/.test(stamp)) ?? '';
  return last < timestamp ? timestamp : String(Number(last) + 1);
}
