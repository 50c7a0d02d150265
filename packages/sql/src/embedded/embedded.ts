import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { holdService } from 'vivace/extend';
import { SqlBootError } from '../boot-error';
import { findBinaries } from './binaries';
import { checkVersion, clusterFolder, serviceFolder, type Purpose } from './cluster';
import { systemUser } from './system-user';

/** A PostgreSQL from npm that runs as long as somebody uses it. */
export interface EmbeddedServer {
  /** With the password, and the database of the program. */
  readonly url: string;
  /** Ends the server where nobody else uses it; so does the end of this process. */
  release(): Promise<void>;
}

/** It is JavaScript in tests of this package, too, which run its sources. */
const SERVICE = join(
  dirname(require.resolve('@vivace/sql/package.json')),
  'dist/embedded/service.js',
);

/**
 * The embedded PostgreSQL of a project: the one that runs, or a new one. It ends with the last of
 * its users, whoever started it.
 *
 * @param root the folder of the project
 * @param purpose development and tests have a server each
 * @throws SqlBootError where it is not installed or cannot run
 * @example const server = await openEmbedded(process.cwd(), 'development');
 */
export async function openEmbedded(root: string, purpose: Purpose): Promise<EmbeddedServer> {
  const user = systemUser();
  const binaries = findBinaries(root, user);
  const cluster = clusterFolder(root, purpose, user);
  if (existsSync(cluster)) checkVersion(cluster, binaries);
  try {
    const lease = await holdService({ folder: serviceFolder(root, purpose), module: SERVICE });
    return { url: lease.env['DATABASE_URL']!, release: () => lease.release() };
  } catch (cause) {
    throw new SqlBootError(
      'EMBEDDED_UNABLE',
      '',
      `PostgreSQL from npm cannot run here: ${(cause as Error).message}`,
      'the address of a PostgreSQL that you run: DATABASE_URL=postgres://…',
      { cause },
    );
  }
}
