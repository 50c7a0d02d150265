import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key of cursors in development: made once, so that they outlive a start of the program. */
export function developmentKey(root: string): string {
  const file = join(root, '.vivace', 'cursor-key');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    mkdirSync(join(root, '.vivace'), { recursive: true });
  }
  const key = randomBytes(32).toString('base64url');
  try {
    writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
    return key;
  } catch {
    // Another process was faster.
    return readFileSync(file, 'utf8');
  }
}
