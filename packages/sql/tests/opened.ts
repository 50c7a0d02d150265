import { join } from 'node:path';
import { MikroORM, type PostgreSqlConnection } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import type { Class } from 'vivace';
import { CursorSeal } from '../src/session/cursor';
import { openEmbedded, type EmbeddedServer } from '../src/embedded/embedded';
import type { OpenDatabase } from '../src/session/open-database';
import { OpenSession } from '../src/session/open-session';
import { ormOptions } from '../src/orm-options';

let server: Promise<EmbeddedServer> | undefined;
let made = 0;

beforeAll(async () => {
  server ??= openEmbedded(join(__dirname, '../../..'), 'test');
  await server;
});
afterAll(async () => {
  await (await server)?.release();
});

interface Opened extends OpenDatabase, AsyncDisposable {
  /** In a session that is committed, or rolled back where the work throws. */
  work<T>(work: (db: OpenSession) => Promise<T>): Promise<T>;
}

/** A database of its own with the tables of these entities. */
export async function opened(
  entities: readonly Class[],
  before: readonly string[] = [],
): Promise<Opened> {
  const name = `entities_${process.pid}_${(made += 1)}`;
  await admin(`create database ${name}`);
  const clientUrl = await addressOf(name);
  const orm = await MikroORM.init({ ...ormOptions(entities), clientUrl });
  for (const statement of before) await orm.em.getConnection().execute(statement);
  await orm.schema.create();
  const connection = orm.em.getConnection('write') as PostgreSqlConnection;
  const pool = await connection.getNativeClient();
  const database: OpenDatabase = {
    orm,
    pool,
    readers: pool,
    cursors: new CursorSeal('a key of the tests, thirty-two long'),
  };
  return {
    ...database,
    async work(work) {
      const db = OpenSession.open(database);
      try {
        const result = await work(db);
        await db.close();
        return result;
      } catch (error) {
        await db.abandon();
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await orm.close();
      await admin(`drop database ${name}`);
    },
  };
}

async function addressOf(name: string): Promise<string> {
  const url = new URL((await server)!.url);
  url.pathname = name;
  return url.href;
}

async function admin(statement: string): Promise<void> {
  const client = new Client(await addressOf('postgres'));
  await client.connect();
  await client.query(statement);
  await client.end();
}
