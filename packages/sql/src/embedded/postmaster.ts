import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Cluster, Purpose } from './cluster';
import { isFree, freePort, isListening } from './ports';
import type { SystemUser } from './system-user';

/** A server is known by this name, asked of the server itself. */
export const CLUSTER_NAME = 'vivace-embedded';

/** A server that takes connections. */
export interface Postmaster {
  readonly port: number;
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<void>;
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

/** The log begins anew at a start when it is larger, in bytes. */
const LOG_SIZE = 1024 * 1024;
/** Milliseconds between two looks. */
const LOOK = 20;
/** Of a server that was killed, processes may be left for moments; none can start until they end. */
const LEFT = { tries: 100, wait: LOOK * 5 };

/** What a server says about itself in its data folder. */
interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/**
 * Starts a server, or takes over the one that somebody left behind; settles when it takes connections.
 *
 * @throws what its log says, where it ends at once
 */
export async function runPostmaster(
  program: string,
  cluster: Cluster,
  purpose: Purpose,
  user: SystemUser,
): Promise<Postmaster> {
  const left = pidFileOf(cluster);
  if (left !== undefined) {
    if (await isListening(left.port)) return takenOver(cluster, left);
    // Its process id was given to another program since.
    rmSync(pidPath(cluster), { force: true });
  }
  for (let tries = LEFT.tries; ; tries--) {
    const started = await ready(program, cluster, purpose, user);
    if (started !== undefined) return started;
    // Its own mark it takes away at its end: one that is there is of the server before.
    if (tries === 1 || !existsSync(pidPath(cluster))) throw new Error(lastLines(cluster));
    await setTimeout(LEFT.wait);
  }
}

/** Undefined where it ends at once. */
async function ready(
  program: string,
  cluster: Cluster,
  purpose: Purpose,
  user: SystemUser,
): Promise<Postmaster | undefined> {
  const port = await portOf(cluster);
  const child = start(program, cluster, purpose, user, port);
  const ended = once(child, 'exit');
  const outcome = { ended: false };
  const failed = ended.finally(() => (outcome.ended = true));
  while (pidFileOf(cluster)?.ready !== true) {
    await Promise.race([failed, setTimeout(LOOK)]);
    if (outcome.ended) return undefined;
  }
  writeFileSync(cluster.port, String(port));
  return {
    port,
    ended,
    stop: async () => {
      // A "fast shutdown": it waits for nobody, and leaves its data whole.
      child.kill('SIGINT');
      await ended;
    },
  };
}

function start(
  program: string,
  cluster: Cluster,
  purpose: Purpose,
  user: SystemUser,
  port: number,
) {
  const settings = { ...SETTINGS, ...(purpose === 'test' ? TEST_SETTINGS : {}) };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const size = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(cluster.log, size > LOG_SIZE ? 'w' : 'a', 0o600);
  try {
    return spawn(program, ['-D', cluster.data, '-p', String(port), ...args], {
      ...user,
      cwd: '/',
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** A server that is nobody's child any more: its end is looked for. */
async function takenOver(cluster: Cluster, { pid, port }: PidFile): Promise<Postmaster> {
  while (pidFileOf(cluster)?.ready === false) await setTimeout(LOOK);
  const ended = (async () => {
    while (pidFileOf(cluster)?.pid === pid) await setTimeout(LOOK * 10);
  })();
  return {
    port,
    ended,
    stop: async () => {
      process.kill(pid, 'SIGINT');
      await ended;
    },
  };
}

/** Undefined where no server holds the folder, or its process is gone. */
function pidFileOf(cluster: Cluster): PidFile | undefined {
  let lines;
  try {
    lines = readFileSync(pidPath(cluster), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, , , port] = lines.map(Number);
  if (pid === undefined || port === undefined || !(pid > 0 && port > 0)) return undefined;
  return isAlive(pid) ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined;
}

function pidPath({ data }: Cluster): string {
  return join(data, 'postmaster.pid');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The one that it had last, for programs that go on while it is started anew. */
async function portOf({ port: file }: Cluster): Promise<number> {
  try {
    const last = Number(readFileSync(file, 'utf8'));
    if (await isFree(last)) return last;
  } catch {
    // It is its first start.
  }
  return freePort();
}

function lastLines({ log }: Cluster): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ');
}
