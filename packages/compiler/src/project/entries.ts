import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The JavaScript that a package lets others import, by `exports` or, without them, `main`. */
export function entriesOf(root: string): readonly string[] {
  const { exports, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports?: unknown;
    readonly main?: string;
  };
  const named = [...filesIn(exports ?? main)].filter((file) => /\.[cm]?js$/.test(file));
  return [...new Set(named.map((file) => join(root, file)))];
}

function* filesIn(target: unknown): Generator<string> {
  if (typeof target === 'string') yield target;
  if (typeof target !== 'object' || target === null) return;
  for (const each of Object.values(target)) yield* filesIn(each);
}
