import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Comment, parseSync, type Program } from 'oxc-parser';
import type { Project } from '../project/project';

/** A file of the program and its syntax. */
export interface Source {
  /** `src/app.ts`. */
  readonly place: string;
  readonly path: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** The line, from 1, of a place in its text. */
  lineAt(offset: number): number;
}

/** The sources of a project without its tests, by their paths; what is no TypeScript is left to the compiler. */
export function sourcesOf(project: Project): readonly Source[] {
  return sourceFiles(project).map((path) =>
    source(relative(project.root, path).replaceAll('\\', '/'), path, readFileSync(path, 'utf8')),
  );
}

/** Their paths, in order. */
export function sourceFiles({ root }: Project): readonly string[] {
  const folder = existsSync(join(root, 'src')) ? join(root, 'src') : root;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        /(?<!\.d)\.[cm]?ts$/.test(file) &&
        !/\.(?:test|spec|test-d)\.|(?:^|[\\/])(?:node_modules|dist|\.vivace|coverage)[\\/]/.test(
          file,
        ),
    )
    .toSorted()
    .map((file) => join(folder, file));
}

export function source(place: string, path: string, text: string): Source {
  const { program, comments } = parseSync(path, text);
  return {
    place,
    path,
    program,
    comments,
    lineAt: (offset) => text.slice(0, offset).split('\n').length,
  };
}
