import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells one text of a file from another. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

let ownStamp: string | undefined;

/** A hash of the compiler itself: other code may read the same types differently. */
export function compilerStamp(): string {
  const own = join(__dirname, '..');
  const scripts = () =>
    readdirSync(own, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name) && !/\.(d|test|test-d)\.ts$/.test(name))
      .sort();
  ownStamp ??= hashOf(
    scripts()
      .map((name) => readFileSync(join(own, name), 'utf8'))
      .join('\n'),
  );
  return ownStamp;
}
