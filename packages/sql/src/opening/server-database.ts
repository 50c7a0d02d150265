import type { MetadataStorage } from '@mikro-orm/core';
import type { FastifyBaseLogger } from 'fastify';
import { Client } from 'pg';
import { Closing, reportGauges, type Plan } from 'vivace/extend';
import { poolGauges } from '../connection/pool-gauges';
import { openEmbedded } from '../embedded/embedded';
import { CLUSTER_NAME } from '../embedded/postmaster';
import { makeOwnTables } from '../migrations/own-tables';
import { writtenMigrations, type Written } from '../migrations/written';
import type { OpenDatabase } from '../session/open-database';
import { openCopy } from '../testing/copies';
import { ProgramNotices } from '../watch/program-notices';
import { StatementWatch } from '../watch/statement-watch';
import { developmentKey, saidKey } from './cursor-key';
import type { DatabaseAccess } from '../access';
import { listening } from '../rooms/open-listener';
import { followClasses } from './follow';
import { openDatabase } from './open';
import type { DatabaseSettings } from './options';
import { checkPoolSize } from './pool-size';
import { projectRoot } from './project';
import { reach } from './reach';
import type { Target } from './target';

/** A database that a server has opened. */
export interface ServerDatabase extends OpenDatabase {
  readonly url: string;
  /** That of the server itself, past a proxy of connections. */
  readonly directUrl: string;
  /** Hears what is notified on a channel, past a proxy of connections. */
  readonly listen: DatabaseAccess['listen'];
  /** What the log should say of it, once there is one. */
  readonly notes: readonly string[];
  /** The migrations that have to have run before it serves; undefined where the tables follow the classes. */
  readonly migrations: Written | undefined;
  /** Asks whether it answers. */
  ping(): Promise<true>;
}

/** Where a database is, and what for. */
export interface Place extends Pick<Plan, 'env' | 'production' | 'workers' | 'entries'> {
  readonly target: Target;
}

/**
 * Opens what a server works on, with all that has to be known before it listens.
 *
 * @param log undefined as long as there is none
 * @throws SqlBootError
 */
export async function openServerDatabase(
  settings: DatabaseSettings,
  { target, env, production, workers, entries }: Place,
  log: () => FastifyBaseLogger | undefined,
): Promise<ServerDatabase & AsyncDisposable> {
  await using closing = new Closing();
  const root = projectRoot();
  const written = writtenMigrations(root, settings.migrations, production);
  const url = await addressOf(target, settings, root, closing);
  const { connect } = settings.timeouts;
  const directUrl = (target.kind === 'address' ? target.direct : undefined) ?? url;
  const proxied = directUrl !== url;
  // The classes become tables while the server is asked.
  const reached = reach(url, settings.timeouts);
  reached.catch(() => undefined);
  const watch: StatementWatch = closing.use(
    new StatementWatch({
      repeated: production ? 0 : settings.repeated,
      slow: settings.slow,
      metadata: (): MetadataStorage => database.orm.getMetadata(),
      log,
    }),
  );
  const key = saidKey(settings, env) ?? (production ? undefined : developmentKey(root));
  const database = closing.use(
    await openDatabase(settings, key, {
      url,
      proxied,
      replicas: target.kind === 'address' ? settings.replicas : [],
      onStatement: watch.listener,
      notices: production ? undefined : new ProgramNotices(log),
      onBroken: (error) => log()?.warn({ err: error }, 'A connection to the database broke'),
    }),
  );
  const { maxConnections, clusterName } = await reached;
  if (!proxied)
    checkPoolSize(
      settings.pool,
      workers,
      entries.map(({ kind }) => kind),
      maxConnections,
    );
  // The command line gives the address of the embedded server: it is known by asking it.
  const isEmbedded =
    !production &&
    (target.kind === 'address' || target.kind === 'embedded') &&
    clusterName === CLUSTER_NAME;
  if (isEmbedded) await makeOwnTables(database.orm);
  const follows = isEmbedded && written.names.length === 0;
  const notes = follows ? await followClasses(database.orm) : proxied ? [PROXIED] : [];
  closing.use(reportGauges(() => poolGauges(database.pool)));
  const opened = closing.move();
  return {
    ...database,
    url,
    directUrl,
    log,
    listen: listening(directUrl, settings),
    notes,
    migrations: follows ? undefined : written,
    ping: () => ping(database, url, connect),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

const PROXIED =
  'DATABASE_DIRECT_URL is set: statements go through DATABASE_URL, whose role has to say the limits of ' +
  'statements and locks; migrations and what listens go to DATABASE_DIRECT_URL.';

async function addressOf(
  target: Target,
  settings: DatabaseSettings,
  root: string,
  closing: Closing,
): Promise<string> {
  if (target.kind === 'address' || target.kind === 'copy') return target.url;
  if (target.kind === 'test') return closing.use(await openCopy(settings)).url;
  const server = await openEmbedded(root, 'development');
  closing.defer(() => server.release());
  return server.url;
}

/** Asks a connection of the pool, or one of its own where all are in use: a busy server is no server that is down. */
async function ping({ pool }: OpenDatabase, url: string, patience: number): Promise<true> {
  if (pool.idleCount > 0 || pool.totalCount < pool.options.max) {
    await pool.query('select 1');
    return true;
  }
  const client = new Client({ connectionString: url, connectionTimeoutMillis: patience });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => undefined);
  }
  return true;
}
