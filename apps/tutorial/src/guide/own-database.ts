import { join } from 'node:path';
import { openEmbedded } from '@vivace/sql/embedded';
import { Client } from 'pg';
import { Closing } from 'vivace/extend';

/** The repository, which has one embedded PostgreSQL for all its tests. */
const ROOT = join(__dirname, '../../../..');

/** A database of one test, with a client of its own. */
interface OwnDatabase extends AsyncDisposable {
  readonly client: Client;
  /** For the application that is tested. */
  readonly env: { readonly DATABASE_URL: string };
}

let made = 0;

/** An empty database for one test, which is gone after it. */
export async function ownDatabase(): Promise<OwnDatabase> {
  await using closing = new Closing();
  const server = await openEmbedded(ROOT, 'test');
  closing.defer(() => server.release());
  const admin = new Client(server.url);
  await admin.connect();
  closing.defer(() => admin.end());
  const name = `guide_${process.pid}_${(made += 1)}`;
  await admin.query(`create database ${name}`);
  closing.defer(async () => void (await admin.query(`drop database ${name} with (force)`)));
  const url = new URL(server.url);
  url.pathname = name;
  const client = new Client(url.href);
  await client.connect();
  closing.defer(() => client.end());
  const opened = closing.move();
  return {
    client,
    env: { DATABASE_URL: url.href },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
