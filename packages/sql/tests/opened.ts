import { join } from 'node:path';
import { Client } from 'pg';
import type { Class } from 'vivace';
import { DatabasePool } from '../src/connection/pool';
import { openEmbedded, type EmbeddedServer } from '../src/embedded/embedded';
import type { OpenDatabase } from '../src/session/open-database';
import { OpenSession } from '../src/session/open-session';
import { databaseOver } from '../src/opening/open';

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
  const pool = new DatabasePool({
    urls: [clientUrl],
    max: 10,
    timeouts: { connect: 30_000, statement: 0, lock: 0, idle: 0 },
    proxied: false,
    onStatement: () => undefined,
    onBroken: () => undefined,
  });
  const key = 'a key of the tests, thirty-two long';
  const database = await databaseOver(pool, pool, name, { entities }, key);
  const { orm } = database;
  for (const statement of before) await orm.em.getConnection().execute(statement);
  await orm.schema.create();
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
