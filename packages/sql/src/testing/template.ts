import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeOwnTables, OWN_TABLES } from '../migrations/own-tables';
import { runMigrations } from '../migrations/run';
import { writtenMigrations } from '../migrations/written';
import { openDatabase } from '../opening/open';
import type { DatabaseSettings } from '../opening/options';
import { projectRoot } from '../opening/project';
import { withDatabase } from '../opening/target';
import type { TestServer } from './server';

/** Any number that nobody else takes: of several processes of a run, one makes the template. */
const MAKING = 8_482_233;
/** How long a database of tests is kept that nobody uses. */
const KEPT = '1 day';

/**
 * The database that those of tests are copies of, made once for all that say the same: with the tables
 * of the migrations, or of the classes where there are none.
 *
 * @returns its name
 */
export async function ensureTemplate(
  server: TestServer,
  settings: DatabaseSettings,
): Promise<string> {
  const root = projectRoot();
  const migrations = writtenMigrations(root, settings.migrations, false);
  const nowhere = withDatabase(server.url, 'postgres');
  await using planned = await openDatabase(settings, '', connectionsTo(nowhere));
  const classes = await planned.orm.schema.getCreateSchemaSQL({ wrap: false });
  const texts = migrations.names.map((name) =>
    readFileSync(join(migrations.folder, `${name}.ts`), 'utf8'),
  );
  const name = `vivace_template_${hash([OWN_TABLES, classes, ...texts])}`;
  await server.run('select pg_advisory_lock($1)', [MAKING]);
  try {
    await sweep(server);
    if (!(await exists(server, name))) await make(name);
    await server.touch(name);
  } finally {
    await server.run('select pg_advisory_unlock($1)', [MAKING]);
  }
  return name;

  async function make(name: string): Promise<void> {
    const making = `${name}_making`;
    await server.run(`drop database if exists ${making}`);
    await server.run(`create database ${making}`);
    {
      const url = withDatabase(server.url, making);
      await using database = await openDatabase(settings, '', connectionsTo(url));
      if (migrations.names.length > 0) await runMigrations(database.orm, migrations);
      else {
        await makeOwnTables(database.orm);
        await database.orm.schema.create();
      }
    }
    // A template that is there is whole.
    await server.run(`alter database ${making} rename to ${name}`);
  }
}

async function exists(server: TestServer, name: string): Promise<boolean> {
  const found = await server.run('select from pg_database where datname = $1', [name]);
  return found.length > 0;
}

/** Drops what runs that were killed have left, and templates of other days. */
async function sweep(server: TestServer): Promise<void> {
  const old = await server.run<{ name: string }>(
    `select datname as name from pg_database
      where datname like 'vivace\\_%'
        and shobj_description(oid, 'pg_database')::timestamptz < now() - interval '${KEPT}'
        and not exists (select from pg_stat_activity a where a.datname = pg_database.datname)`,
  );
  for (const { name } of old) await server.run(`drop database if exists ${name}`);
}

function connectionsTo(url: string) {
  return {
    url,
    proxied: false,
    replicas: [],
    onStatement: () => undefined,
    onBroken: () => undefined,
  };
}

function hash(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}
