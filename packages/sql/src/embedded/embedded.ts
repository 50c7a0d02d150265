import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { SqlBootError } from '../boot-error';
import { findBinaries } from './binaries';
import { openCluster, unable, type Cluster, type Purpose } from './cluster';
import { Lease } from './lease';
import {
  forgetPostmaster,
  postmasterOf,
  startPostmaster,
  type Postmaster,
  type StartedPostmaster,
} from './postmaster';
import { systemUser } from './system-user';

/** A PostgreSQL from npm that runs as long as somebody uses it. */
export interface EmbeddedServer {
  /** With the password, and the database of the program. */
  readonly url: string;
  /** Ends the server where nobody else uses it. */
  release(): Promise<void>;
}

/** The database of the program in the embedded server. */
export const EMBEDDED_DATABASE = 'app';

/** Milliseconds: also a server that has to put its data in order after a crash is ready by then. */
const STARTUP = 60_000;
/** Milliseconds: a server that holds its folder but does not listen after that is another program with its process id. */
const SILENT = 3000;

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
  const cluster = await openCluster(root, purpose, binaries, user);
  const deadline = Date.now() + STARTUP;
  for (let starts = 0; ; starts++) {
    const server = await join(cluster, deadline);
    if (server !== undefined) return server;
    // A start fails where another process is faster, or takes the port; not again and again.
    if (starts === 5) throw doesNotStart(cluster);
    const postmaster = startPostmaster(binaries.postgres, cluster, purpose, user);
    await running(cluster, await postmaster, deadline);
  }
}

/** Takes a lease of the server that runs; undefined where none does. */
async function join(cluster: Cluster, deadline: number): Promise<EmbeddedServer | undefined> {
  const since = Date.now();
  for (;;) {
    const postmaster = postmasterOf(cluster);
    if (postmaster === undefined) return undefined;
    const address = `postgres://postgres:${cluster.password}@127.0.0.1:${postmaster.port}`;
    try {
      const lease = await Lease.take(`${address}/postgres`);
      await lease.ensureDatabase(EMBEDDED_DATABASE);
      return {
        url: `${address}/${EMBEDDED_DATABASE}`,
        release: () => lease.release(() => stop(cluster, postmaster)),
      };
    } catch (error) {
      if (Date.now() > deadline) throw unable(error);
      if (isAnothers(error, Date.now() - since)) {
        forgetPostmaster(cluster);
        return undefined;
      }
    }
    await setTimeout(20);
  }
}

/** A "fast shutdown": it waits for nobody, and leaves its data whole. */
async function stop(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  process.kill(pid, 'SIGINT');
  while (postmasterOf(cluster)?.pid === pid) await setTimeout(5);
}

/** Nobody listens where the folder says, or somebody who does not know our password: the folder speaks of a server that is gone. */
function isAnothers(error: unknown, waited: number): boolean {
  const code = (error as { code?: string }).code;
  return code === '28P01' || (code === 'ECONNREFUSED' && waited > SILENT);
}

/** Waits until a server holds the folder, ours or that of somebody faster, or ours ended without. */
async function running(cluster: Cluster, started: StartedPostmaster, deadline: number) {
  const ended = started.ended.then(() => true);
  while (postmasterOf(cluster) === undefined) {
    if (Date.now() > deadline) throw doesNotStart(cluster);
    if (await Promise.race([ended, setTimeout(20, false)])) return;
  }
}

function doesNotStart(cluster: Cluster): SqlBootError {
  const stderr = readFileSync(cluster.log, 'utf8');
  return unable(Object.assign(new Error('It does not start.'), { stderr }));
}
