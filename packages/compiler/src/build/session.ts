import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openProject, type OpenProject } from '../project/checker';
import { type Extraction, extractFrom, writeConfig } from '../types/extract';
import { ImportGraph } from '../project/import-graph';
import { moduleId, moduleOf } from '../project/class-ids';
import { portable } from '../project/packages';
import { sourcesOf } from '../project/sources';

/** Something that the checker has against the program. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** TypeScript's own number, such as 2322. */
  readonly code: number;
  readonly message: string;
}

/**
 * The types of a project while it is written: the checker stays warm, and only what a change touches is read again.
 *
 * @example
 * using session = new TypeSession('.');
 * const { sideCar } = session.update(['src/items.ts']);
 */
export class TypeSession implements Disposable {
  readonly #root: string;
  #opened: OpenProject | undefined;
  #imports = new ImportGraph();
  #files: readonly string[] = [];
  #last: Extraction | undefined;

  /** @param directory the root of the package */
  constructor(directory: string) {
    this.#root = resolve(directory);
  }

  /**
   * The types as they are now.
   *
   * @param changed files that were changed, made or removed since the last call; others are known to be as they were
   * @throws Error when there is no type checker, when it fails, or when the project does not check for null; the next call starts anew
   */
  update(changed: readonly string[] = []): Extraction {
    try {
      return (this.#last = this.#extract(changed.map((file) => portable(resolve(file)))));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  #extract(changed: readonly string[]): Extraction {
    const files = sourcesOf(this.#root);
    const touched = this.#open(files, changed);
    const opened = this.#opened!;
    const previous = this.#last?.sideCar;
    if (previous === undefined || touched.length === files.length)
      return extractFrom(opened, this.#root, files, { previous });
    const { broken, sideCar, design } = extractFrom(opened, this.#root, touched, {
      previous,
      kept: without(previous.defs, touched),
    });
    return {
      sideCar,
      design: { ...without(this.#last!.design, touched), ...design },
      broken: [...this.#last!.broken.filter((file) => !touched.includes(file)), ...broken],
    };
  }

  /** Where programs and tests begin that import a file: of the files at the last update `programs`, and those that nobody imports. */
  beginningsOf(file: string, programs: readonly string[]): readonly string[] {
    const paths = programs.map((program) => portable(resolve(program)));
    return this.#imports.beginningsOf(portable(resolve(file)), paths);
  }

  /** What is wrong with the program, as `tsc` would say. */
  problems(): readonly Problem[] {
    const { project } = this.#opened ?? {};
    if (project === undefined) return [];
    return this.#files.flatMap((file) =>
      [
        ...project.program.getSyntacticDiagnostics(file),
        ...project.program.getSemanticDiagnostics(file),
      ].map(({ pos, code, text, messageChain }) => ({
        file,
        ...placeAt(file, pos),
        code,
        message: [text, ...(messageChain ?? []).map((each) => each.text)].join('\n  '),
      })),
    );
  }

  [Symbol.dispose](): void {
    this.#opened?.[Symbol.dispose]();
    this.#opened = undefined;
    this.#files = [];
  }

  /** Brings the project up to date, and says which files may read otherwise now. */
  #open(files: readonly string[], changed: readonly string[]): readonly string[] {
    const config = writeConfig(this.#root, files);
    const [before, now] = [new Set(this.#files), new Set(files)];
    const created = files.filter((file) => !before.has(file));
    const deleted = this.#files.filter((file) => !now.has(file));
    this.#files = files;
    // Something else that was changed, such as a tsconfig or a declaration file, may touch all.
    const isOwn = changed.length > 0 && changed.every((file) => before.has(file));
    const isAll = !isOwn || created.length > 0 || deleted.length > 0;
    if (this.#opened === undefined) {
      this.#opened = openProject(config, this.#root);
    } else {
      const present = changed.filter((file) => !created.includes(file) && existsSync(file));
      this.#opened.update({ changed: [...present, ...(isAll ? [config] : [])], created, deleted });
    }
    this.#imports.update(isAll ? files : changed, this.#opened.project);
    const importers = isAll ? now : this.#imports.importersOf(changed);
    return files.filter((file) => importers.has(file));
  }
}

/** What belongs to other files, by their ids. */
function without<T>(
  all: Readonly<Record<string, T>>,
  files: readonly string[],
): Readonly<Record<string, T>> {
  const modules = new Set(files.map(moduleId));
  return Object.fromEntries(Object.entries(all).filter(([id]) => !modules.has(moduleOf(id))));
}

function placeAt(
  file: string,
  position: number,
): { readonly line: number; readonly column: number } {
  const before = readFileSync(file, 'utf8').slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
