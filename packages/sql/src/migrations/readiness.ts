import type { Pool } from 'pg';
import { hasOwnTables } from './own-tables';
import type { Written } from './written';

/** The table of those that have run. */
export const MIGRATIONS_TABLE = 'vivace.migrations';

/** The migrations that have not run yet, in their order. */
export async function pendingMigrations(
  pool: Pool,
  { names }: Written,
): Promise<readonly string[]> {
  const run = await executedMigrations(pool);
  return names.filter((name) => !run.includes(name));
}

async function executedMigrations(pool: Pool): Promise<readonly string[]> {
  const { rows: tables } = await pool.query<{ there: boolean }>(
    'select to_regclass($1) is not null as there',
    [MIGRATIONS_TABLE],
  );
  if (tables[0]?.there !== true) return [];
  const { rows } = await pool.query<{ name: string }>(
    `select name from ${MIGRATIONS_TABLE} order by id`,
  );
  return rows.map(({ name }) => name);
}

/** What is asked of an open database. */
export interface Migrated {
  readonly pool: Pool;
  readonly migrations: Written | undefined;
}

const ready = new WeakSet<Migrated>();

/**
 * Whether all migrations have run, and the tables of this package are there; asked again as long as they have not, since they may run beside the
 * server.
 *
 * @throws Error with those that are pending
 */
export async function migrationsReady(database: Migrated): Promise<true> {
  const { pool, migrations } = database;
  if (migrations === undefined || ready.has(database)) return true;
  const pending = await pendingMigrations(pool, migrations);
  if (pending.length > 0)
    throw new Error(`Migrations are pending: ${pending.join(', ')}. Run: vivace db migrate`);
  if (!(await hasOwnTables(pool)))
    throw new Error('The tables of @vivace/sql are not there. Run: vivace db migrate');
  ready.add(database);
  return true;
}
