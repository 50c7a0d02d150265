import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const SHARED = join(__dirname, '../../../node_modules');

/** Gives a project the packages of the repository, beside what it has in its node_modules already. */
export function link(project: string): void {
  const target = join(project, 'node_modules');
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(SHARED))
    symlinkSync(join(SHARED, name), join(target, name), 'junction');
}
