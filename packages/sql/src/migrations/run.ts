import { Migrator, type Migration } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { CommandError } from '../commands/command-error';
import { MIGRATIONS_TABLE } from './readiness';
import { loadMigration } from './load';
import { makeOwnTables } from './own-tables';
import type { Written } from './written';

export type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration;

/**
 * Makes the tables of this package, and runs what has not run yet, each in a transaction of its own.
 *
 * @throws CommandError with the migration that failed
 */
export async function runMigrations(
  orm: MikroORM,
  written: Written,
  onRun: (name: string) => void = () => undefined,
): Promise<void> {
  await makeOwnTables(orm);
  const migrator = migratorOf(orm, written);
  migrator.on('migrated', ({ name }) => onRun(name));
  await named(migrator, 'migrating', () => migrator.up());
}

/**
 * Takes back the one that ran last.
 *
 * @throws CommandError with the migration that failed
 */
export async function rollbackMigration(
  orm: MikroORM,
  written: Written,
  onRun: (name: string) => void,
): Promise<void> {
  const migrator = migratorOf(orm, written);
  migrator.on('reverted', ({ name }) => onRun(name));
  await named(migrator, 'reverting', () => migrator.down());
}

/** Says that one has run, where the tables are there already. */
export async function markMigrated(orm: MikroORM, written: Written, name: string): Promise<void> {
  await migratorOf(orm, written).getStorage().logMigration({ name });
}

function migratorOf(orm: MikroORM, { folder, names }: Written): Migrator {
  orm.config.set('migrations', {
    ...orm.config.get('migrations'),
    tableName: MIGRATIONS_TABLE,
    // One that fails leaves nothing; those before it have run.
    allOrNothing: false,
    silent: true,
    snapshot: false,
    migrationsList: names.map((name) => ({ name, class: loadMigration(folder, name) })),
  });
  return new Migrator(orm.em);
}

/** Whoever runs migrations has not written them, and asks which one it is. */
async function named(
  migrator: Migrator,
  event: 'migrating' | 'reverting',
  run: () => Promise<unknown>,
): Promise<void> {
  let begun: string | undefined;
  migrator.on(event, ({ name }) => void (begun = name));
  try {
    await run();
  } catch (cause) {
    if (begun === undefined) throw cause;
    throw new CommandError(
      `The migration ${begun} failed, and its transaction left nothing: ${(cause as Error).message}.`,
      'what fits the tables that are there; vivace db reset begins the embedded database anew',
      { cause },
    );
  }
}
