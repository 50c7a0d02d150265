import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';

/** Any number that nobody else takes: of several processes one makes the tables. */
const MAKING = 8_482_235;

/** Keys are digests, so that they may be of any length; an expiry is in the time of the database. */
const COLUMNS = `(
  key bytea primary key,
  value bytea not null,
  expires timestamptz not null
)`;

/** The statements of each version, which adds to those before it. */
const VERSIONS: readonly (readonly string[])[] = [
  [
    `create table vivace.store ${COLUMNS}`,
    'create index on vivace.store (expires)',
    `create unlogged table vivace.volatile ${COLUMNS}`,
    'create index on vivace.volatile (expires)',
  ],
];

/** For those who ask whether something has changed. */
export const OWN_TABLES = VERSIONS.flat().join(';');

/** Empties the tables. */
export const FORGET_ALL = 'delete from vivace.store; delete from vivace.volatile';

/** Makes the tables of this package that are not there yet. */
export function makeOwnTables(orm: MikroORM): Promise<void> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute(`select pg_advisory_xact_lock(${MAKING})`);
    await em.execute('create schema if not exists vivace');
    await em.execute('create table if not exists vivace.version (version integer not null)');
    const [last] = await em.execute<{ version: number }[]>('select version from vivace.version');
    const missing = VERSIONS.slice(last?.version ?? 0).flat();
    if (missing.length === 0) return;
    for (const statement of missing) await em.execute(statement);
    await em.execute('delete from vivace.version');
    await em.execute(`insert into vivace.version values (${VERSIONS.length})`);
  });
}

/** Whether all tables of this package are there; those of a later version serve as well. */
export async function hasOwnTables(pool: Pool): Promise<boolean> {
  const { rows: tables } = await pool.query<{ there: boolean }>(
    `select to_regclass('vivace.version') is not null as there`,
  );
  if (tables[0]?.there !== true) return false;
  const { rows } = await pool.query<{ version: number }>('select version from vivace.version');
  return rows.some(({ version }) => version >= VERSIONS.length);
}
