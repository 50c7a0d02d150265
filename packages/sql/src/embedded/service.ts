import { basename, dirname } from 'node:path';
import { Client } from 'pg';
import type { Service } from 'vivace/extend';
import { findBinaries } from './binaries';
import { openCluster, purposeOf, type Cluster } from './cluster';
import { runPostmaster } from './postmaster';
import { systemUser } from './system-user';

/** The database of the program in the embedded server. */
const DATABASE = 'app';

/** The embedded PostgreSQL of the project that a folder belongs to. */
export const service: Service = {
  async start(folder) {
    const root = dirname(dirname(folder));
    const purpose = purposeOf(basename(folder));
    const user = systemUser();
    const binaries = findBinaries(root, user);
    const cluster = await openCluster(root, purpose, binaries, user);
    const postmaster = await runPostmaster(binaries.postgres, cluster, purpose, user);
    try {
      const url = await ready(cluster, postmaster.port);
      return { env: { DATABASE_URL: url }, ended: postmaster.ended, stop: postmaster.stop };
    } catch (error) {
      await postmaster.stop();
      throw error;
    }
  },
};

/** Makes the database of the program where there is none. */
async function ready({ password }: Cluster, port: number): Promise<string> {
  const address = `postgres://postgres:${password}@127.0.0.1:${port}`;
  const client = new Client({ connectionString: `${address}/postgres` });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end().catch(() => undefined);
  }
  return `${address}/${DATABASE}`;
}
