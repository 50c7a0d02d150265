import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from 'vivace/extend';
import { CursorQuery } from 'vivace/responses';
import { SqlBootError } from '../boot-error';
import type { DatabaseSettings } from './options';
import { isTesting } from './target';

/** The key that the program says; undefined: none. */
export function saidKey(
  { cursorKey }: Pick<DatabaseSettings, 'cursorKey'>,
  env: Plan['env'],
): string | undefined {
  const key = cursorKey ?? env['CURSOR_KEY'];
  return key === '' ? undefined : key;
}

/** @throws SqlBootError where cursors are asked for in production, and nothing would seal them */
export function checkCursorKey(
  settings: Pick<DatabaseSettings, 'cursorKey'>,
  { env, production, speaksOf }: Pick<Plan, 'env' | 'production' | 'speaksOf'>,
): void {
  if (production && !isTesting() && saidKey(settings, env) === undefined && speaksOf(CursorQuery))
    throw keyMissing();
}

export function keyMissing(): SqlBootError {
  return new SqlBootError(
    'CURSOR_KEY_MISSING',
    'database({ cursorKey })',
    'NODE_ENV is production, and nothing seals the cursors of `cursorPage`.',
    'CURSOR_KEY=… in the environment, the same for all processes',
  );
}

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
