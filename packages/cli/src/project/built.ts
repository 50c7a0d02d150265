import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../terminal/log';
import { shownPath } from '../terminal/shown-path';
import { UserError } from '../terminal/user-error';
import { findEntry, type Entry } from './entry';
import { builtFile, outDirOf } from './output';
import type { Project } from './project';
import { sourceFiles } from './source-files';

/** The application as `vivace build` compiled it for production. */
export function builtEntry(project: Project, named: string | undefined): Entry {
  if (named !== undefined && /\.[cm]?js$/.test(named)) return findEntry(project, named);
  const entry = findEntry(project, named);
  const file = builtFile(project, entry.file);
  if (existsSync(file)) {
    warnOfChanges(project, file);
    return { file, exported: entry.exported };
  }
  throw new UserError(
    `${shownPath(file)} is not there: the project has not been built.`,
    'vivace build, then vivace run; for development there is vivace dev',
  );
}

/** Without this warning a forgotten build looks like a change without effect. */
function warnOfChanges(project: Project, built: string): void {
  const types = join(outDirOf(project), '__types.cjs');
  const time = statSync(existsSync(types) ? types : built).mtimeMs;
  const changed = sourceFiles(project).filter((source) => statSync(source).mtimeMs > time);
  const [first] = changed;
  if (first === undefined) return;
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  log('warn', `${shownPath(first)}${more} changed after the build: vivace build`);
}
