import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Cluster, Purpose } from './cluster';
import type { SystemUser } from './system-user';

/** A server is known by this name, asked of the server itself; see `isEmbedded`. */
export const CLUSTER_NAME = 'vivace-embedded';

/** What a running server says about itself in its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const SETTINGS: Readonly<Record<string, string>> = {
  cluster_name: CLUSTER_NAME,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '32MB',
  // A crash of the machine may cost the last moments of development, never its order.
  synchronous_commit: 'off',
};

/** Nothing that tests write has to survive the machine. */
const TEST_SETTINGS: Readonly<Record<string, string>> = { fsync: 'off', full_page_writes: 'off' };

/** The server that holds a data folder; undefined where none does, or its process is gone. */
export function postmasterOf({ data }: Cluster): Postmaster | undefined {
  let lines;
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, , , port] = lines.map(Number);
  return pid! > 0 && port! > 0 && isAlive(pid!) ? { pid: pid!, port: port! } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The log begins anew at a start when it is larger, in bytes. */
const LOG_SIZE = 1024 * 1024;

export interface StartedPostmaster {
  /** Settles when it has ended; rejected where the program cannot be started at all. */
  readonly ended: Promise<void>;
}

/** For a data folder whose process id was given to another program since. */
export function forgetPostmaster({ data }: Cluster): void {
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

/**
 * Starts a server that goes on without the process that started it: others may be using it by then.. It ends
 * by itself where another process was faster.
 */
export async function startPostmaster(
  program: string,
  cluster: Cluster,
  purpose: Purpose,
  user: SystemUser,
): Promise<StartedPostmaster> {
  const settings = { ...SETTINGS, ...(purpose === 'test' ? TEST_SETTINGS : {}) };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(cluster.log, sizeOf(cluster.log) > LOG_SIZE ? 'w' : 'a', 0o600);
  try {
    const child = spawn(program, ['-D', cluster.data, '-p', String(await freePort()), ...args], {
      ...user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    const ended = once(child, 'exit').then(() => undefined);
    // Whoever does not wait for it has its own way to find out.
    ended.catch(() => undefined);
    return { ended };
  } finally {
    closeSync(log);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
