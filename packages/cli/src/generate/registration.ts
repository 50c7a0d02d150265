import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findEntry } from '../project/entry';
import type { Project } from '../project/project';
import { sourceFolder } from '../project/source-files';
import { addController } from './add-controller';

/** A file of the application with one more controller in its list. */
export interface Registration {
  readonly file: string;
  readonly text: string;
}

/**
 * Adds a controller to the application of a project.
 *
 * @param file of the controller, without its extension
 * @returns undefined where not exactly one of the files where an application usually stands lists
 *   controllers plainly
 */
export function registration(
  project: Project,
  name: string,
  file: string,
): Registration | undefined {
  const found = candidates(project).flatMap((candidate) => {
    const text = addController(
      readFileSync(candidate, 'utf8'),
      name,
      importPath(project, candidate, file),
    );
    return text === undefined ? [] : [{ file: candidate, text }];
  });
  return found.length === 1 ? found[0] : undefined;
}

function candidates(project: Project): readonly string[] {
  const sources = sourceFolder(project);
  const files = [entryOf(project), join(sources, 'app.ts'), join(sources, 'main.ts')];
  return [...new Set(files)].filter((file) => file !== undefined && existsSync(file)) as string[];
}

function importPath({ type }: Project, from: string, file: string): string {
  const path = relative(dirname(from), file).replaceAll('\\', '/');
  return `${path.startsWith('.') ? '' : './'}${path}${type === 'module' ? '.js' : ''}`;
}

function entryOf(project: Project): string | undefined {
  try {
    return findEntry(project).file;
  } catch {
    return undefined;
  }
}
