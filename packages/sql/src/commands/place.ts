import { Client } from 'pg';
import { CLUSTER_NAME } from '../embedded/postmaster';
import { internals } from '../internals';
import { openDatabase } from '../opening/open';
import { settingsOf, type DatabaseSettings } from '../opening/options';
import { reach } from '../opening/reach';
import { databaseName, placeOf } from '../opening/target';
import { CommandError } from './command-error';

/** Migrations take as long as they take, and do not wait behind others for a lock; the server may be starting beside the command. */
const TIMEOUTS = { startup: 25_000, connect: 3000, statement: 0, lock: 3000, idle: 0 };

/** The database that a command works on. */
export interface CommandPlace {
  readonly url: string;
  readonly isEmbedded: boolean;
}

/**
 * Finds the database of a command: past a proxy of connections, where there is one.
 *
 * @throws CommandError where nothing says it; SqlBootError where it cannot be reached
 */
export async function commandPlace(settings: DatabaseSettings | undefined): Promise<CommandPlace> {
  const { DATABASE_DIRECT_URL: direct, DATABASE_URL: given } = process.env;
  const url = [direct, settings?.url, given].find((each) => each !== undefined && each !== '');
  if (url === undefined)
    throw new CommandError('DATABASE_URL says nothing.', 'DATABASE_URL=postgres://…');
  const { clusterName } = await reach(url, TIMEOUTS);
  return { url, isEmbedded: clusterName === CLUSTER_NAME };
}

/** Opens the ORM for a command. */
export function openForCommand(url: string, settings: DatabaseSettings) {
  return openDatabase({ ...settings, pool: 3, timeouts: TIMEOUTS }, '', {
    url,
    proxied: false,
    replicas: [],
    onStatement: () => undefined,
    onBroken: () => undefined,
  });
}

/** Where nothing but migrations is asked for, no class has to be known. */
export function settingsWithoutClasses(): DatabaseSettings {
  return settingsOf({ entities: [] });
}

/**
 * The settings of the database of a program that was loaded.
 *
 * @throws CommandError where it has none, or several
 */
export function settingsOfProgram(): DatabaseSettings {
  const [first, ...others] = internals.values();
  if (first !== undefined && others.length === 0) return first.settings;
  throw new CommandError(
    first === undefined
      ? 'The application has no database.'
      : `The program makes ${others.length + 1} databases.`,
    'one `database({ entities })` in its `extensions`',
  );
}

/**
 * What may lose rows is done to the embedded database, or to one that is called by its name.
 *
 * @throws CommandError
 */
export function checkNamed({ url, isEmbedded }: CommandPlace, named: string | undefined): void {
  const name = databaseName(url);
  if (isEmbedded || named === name) return;
  throw new CommandError(
    `This would change ${placeOf(url)}, which is not the embedded database.`,
    `--database ${name}, if it is the one that you mean`,
  );
}

/** Any number that nobody else takes: of several containers that start at once one migrates. */
const MIGRATING = 8_482_234;

/** Works while nobody else migrates this database. */
export async function alone<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'vivace db' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING]);
    return await work();
  } finally {
    await client.end().catch(() => undefined);
  }
}
