import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SqlBootError } from '../boot-error';

/** Whom PostgreSQL runs as; empty: whoever runs the program. */
export interface SystemUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so there it runs as `nobody`. */
export function systemUser(): SystemUser {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}

/** Whether that user can come to a path: others may pass all folders above it. */
export function reachable(path: string, user: SystemUser): boolean {
  if (user.uid === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Holds a folder in a place where everybody may write to those that are ours alone.
 *
 * @throws SqlBootError for one that somebody else made there
 */
export function checkOwner(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  const ours = process.getuid === undefined || uid === process.getuid();
  if (ours && (mode & 0o170_022) === 0o040_000) return;
  throw new SqlBootError(
    'EMBEDDED_FOLDER',
    folder,
    'It is no folder of yours alone.',
    `remove it, or give the address of a PostgreSQL: DATABASE_URL=postgres://…`,
  );
}
