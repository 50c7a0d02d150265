import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { nearestConfig, optionsOf } from '@vivace/compiler';
import { sourceFiles } from '../check/sources';
import { journal } from '../run/journal';
import { UserError } from '../terminal/user-error';
import { findEntry, shown, type Entry } from './entry';
import type { Project } from './project';

/** The JavaScript that `vivace build` made of the application, for production. */
export function builtEntry(project: Project, named: string | undefined): Entry {
  if (named !== undefined && /\.[cm]?js$/.test(named)) return findEntry(project, named);
  const entry = findEntry(project, named);
  const file = builtFile(project, entry.file);
  if (existsSync(file)) {
    warnOfChanges(project, file);
    return { file, exported: entry.exported };
  }
  throw new UserError(
    `${shown(file)} is not there: the project has not been built.`,
    'vivace build, then vivace run; for development there is vivace dev',
  );
}

/** A build that was forgotten looks like a change that does nothing. */
function warnOfChanges(project: Project, built: string): void {
  const types = join(outDirOf(project), '__types.cjs');
  const time = statSync(existsSync(types) ? types : built).mtimeMs;
  const changed = sourceFiles(project).filter((source) => statSync(source).mtimeMs > time);
  const [first] = changed;
  if (first === undefined) return;
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  journal('warn', `${shown(first)}${more} changed after the build: vivace build`);
}

/** Where `tsc` puts the JavaScript of a file: without the folder that `rootDir` names. */
export function builtFile(project: Project, file: string): string {
  const { outDir = 'dist', rootDir } = compilerOptions(project);
  const root = rootDir ?? (/^src[\\/]/.test(relative(project.root, file)) ? 'src' : '.');
  const place = relative(resolve(project.root, root), file).replace(/\.([cm]?)tsx?$/, '.$1js');
  return join(resolve(project.root, outDir), place);
}

export function outDirOf(project: Project): string {
  return resolve(project.root, compilerOptions(project).outDir ?? 'dist');
}

function compilerOptions({ root }: Project): {
  readonly outDir?: string;
  readonly rootDir?: string;
} {
  const config = nearestConfig(root);
  return config === undefined ? {} : optionsOf(config);
}
