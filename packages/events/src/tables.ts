import { Client, type Pool } from 'pg';
import { PgBoss, type Db } from 'pg-boss';
import { EventsBootError } from './boot-error';
import { HAS_TABLES, OWN_TABLES, SCHEMA } from './publish/outbox';

/** Any number that nobody else takes: of several processes one makes the tables. */
const MAKING = 8_482_237;

/**
 * Makes the tables of this package and those of pg-boss that carry events, or raises those of another version.
 *
 * @param url that of the server itself, without a proxy of connections
 */
export async function makeTables(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'vivace events' });
  // What fails is said by the statement that waits for it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MAKING]);
    await client.query(OWN_TABLES);
    await (await startedBoss(client, true)).stop({ graceful: false, close: false });
  } finally {
    await client.end();
  }
}

/** @throws EventsBootError where they are not there */
export async function checkTables(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(HAS_TABLES);
  if (rows[0]?.there !== true) throw noTables();
}

/**
 * pg-boss over connections that somebody else has opened, without anything that runs by itself.
 *
 * @param migrate whether its tables are made where they are missing
 * @throws EventsBootError where they are not those of this version
 */
export async function startedBoss(
  connections: Pick<Pool, 'query'>,
  migrate = false,
): Promise<PgBoss> {
  const boss = new PgBoss({
    db: dbOf(connections),
    schema: SCHEMA,
    migrate,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', () => undefined);
  try {
    return await boss.start();
  } catch (cause) {
    if (!/pg-boss is not installed|migration/i.test((cause as Error).message)) throw cause;
    throw noTables({ cause });
  }
}

/** Statements of pg-boss over a pool, or in a transaction. */
export function dbOf(connections: Pick<Pool, 'query'>): Db {
  return { executeSql: (text, values) => connections.query(text, values) };
}

function noTables(options?: ErrorOptions): EventsBootError {
  return new EventsBootError(
    'EVENT_TABLES',
    'events()',
    'The tables of events are not there, or of another version.',
    'vivace db migrate, before the program starts',
    options,
  );
}
