import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findEntry } from '../project/entry';
import type { Project } from '../project/project';
import { sourceFolder } from '../project/source-files';
import { addToList, type ListOption } from './add-to-list';

/** A class that counts only once an option lists it. */
export interface Listed {
  readonly option: ListOption;
  readonly name: string;
  /** Without its extension. */
  readonly file: string;
}

/** What adding classes to their lists comes to. */
export interface Registrations {
  /** New texts of files of the project, by their paths. */
  readonly changed: ReadonlyMap<string, string>;
  /** Those whose list is not plain, or not the only one. */
  readonly left: readonly Listed[];
}

/** Adds classes to the lists of a project, in the files where an application usually stands. */
export function register(project: Project, classes: readonly Listed[]): Registrations {
  const files = candidates(project);
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const changed = new Map<string, string>();
  const left: Listed[] = [];
  for (const listed of classes) {
    const { option, name, file } = listed;
    const found = [...texts].flatMap(([candidate, text]) => {
      const added = addToList(text, option, name, importPath(project, candidate, file));
      return added === undefined ? [] : [[candidate, added] as const];
    });
    const [only] = found;
    if (only === undefined || found.length > 1) left.push(listed);
    else for (const map of [texts, changed]) map.set(...only);
  }
  return { changed, left };
}

function candidates(project: Project): readonly string[] {
  const sources = sourceFolder(project);
  const usual = ['app.ts', 'main.ts', 'database.ts'].map((name) => join(sources, name));
  const files = [entryOf(project), ...usual];
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
