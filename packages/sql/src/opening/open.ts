import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { StatementListener } from '../connection/client';
import { DatabasePool, type PoolOptions } from '../connection/pool';
import { ormOptions } from '../orm-options';
import { CursorSeal } from '../session/cursor';
import type { SessionNotices } from '../session/notices';
import type { OpenDatabase } from '../session/open-database';
import { KeylessCursors } from './keyless-cursors';
import type { DatabaseSettings } from './options';
import { databaseName } from './target';

/** Where the connections of a server lead to, and whom they tell of what they do. */
export interface Connections {
  readonly url: string;
  /** Whether a proxy of connections stands between. */
  readonly proxied: boolean;
  readonly replicas: readonly string[];
  readonly onStatement: StatementListener;
  readonly onBroken: (error: Error) => void;
  readonly notices?: SessionNotices | undefined;
}

/** Schemas of packages: no migration of the program speaks of their tables. */
export const PACKAGE_SCHEMAS: readonly string[] = ['vivace', 'vivace_jobs', 'vivace_events'];

/**
 * Opens the ORM and its connections. Nothing is sent: the first statement connects.
 *
 * @throws SqlBootError for a class that is no table
 */
export async function openDatabase(
  settings: DatabaseSettings,
  cursorKey: string | undefined,
  { url, proxied, replicas, onStatement, onBroken, notices }: Connections,
): Promise<OpenDatabase & AsyncDisposable> {
  const { pool: max, timeouts } = settings;
  const options: PoolOptions = { urls: [url], max, timeouts, proxied, onStatement, onBroken };
  const pool = new DatabasePool(options);
  const readers =
    replicas.length === 0
      ? pool
      : new DatabasePool({ ...options, urls: replicas, max: max * replicas.length });
  const database = await databaseOver(pool, readers, databaseName(url), settings, cursorKey);
  return Object.assign(database, {
    notices,
    [Symbol.asyncDispose]: async () => {
      await database.orm.close();
      if (readers !== pool) await readers.end();
    },
  });
}

/** The ORM over connections that are there. */
export async function databaseOver(
  pool: Pool,
  readers: Pool,
  dbName: string,
  { entities }: Pick<DatabaseSettings, 'entities'>,
  cursorKey: string | undefined,
): Promise<OpenDatabase> {
  const orm = await MikroORM.init({
    ...ormOptions(entities),
    dbName,
    driverOptions: new PostgresDialect({ pool }),
    ensureDatabase: false,
    // Migrations need none.
    discovery: { warnWhenNoEntities: false, inferDefaultValues: false },
    extensions: [Migrator],
    schemaGenerator: { ignoreSchema: [...PACKAGE_SCHEMAS] },
  });
  return {
    orm,
    pool,
    readers,
    cursors: cursorKey === undefined ? new KeylessCursors() : new CursorSeal(cursorKey),
  };
}
