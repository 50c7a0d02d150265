import { DatabaseSync } from 'node:sqlite';

/** What is kept is not collected as garbage, which would unlock it. */
const held: DatabaseSync[] = [];

/**
 * Takes a lock of the operating system, which ends with this process however it ends. SQLite knows how to do that on every
 * system; nothing is written.
 *
 * @returns whether it was free
 */
export function lock(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isHeld(error)) return false;
    throw error;
  }
  held.push(database);
  return true;
}

function isHeld(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { readonly errcode?: number }).errcode === SQLITE_BUSY;
}
