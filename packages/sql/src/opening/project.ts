import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project that a program belongs to: the nearest with a package.json. */
export function projectRoot(from = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}
