import { pbkdf2Sync } from 'node:crypto';
import { HTTPException, type int } from 'vivace';

/** Runs on a thread: nothing else waits for it. */
export function checksum(text: string, rounds: int): string {
  if (text === '') throw new HTTPException(400, 'Nothing to sum up');
  return pbkdf2Sync(text, 'salt', rounds, 16, 'sha256').toString('hex');
}
