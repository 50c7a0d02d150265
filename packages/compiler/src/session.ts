import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openProject, type OpenProject } from './checker';
import { type Extraction, extractFrom, writeConfig } from './extract';
import { moduleId } from './packages';
import type { SideCar } from './side-car';
import { sourcesOf } from './sources';

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
  #files: readonly string[] = [];
  #last: Extraction | undefined;

  constructor(directory: string) {
    this.#root = resolve(directory);
  }

  /**
   * The types as they are now.
   *
   * @param changed files that were changed, made or removed since the last call; others are known to be as they were
   * @throws Error when there is no type checker, or when the project does not check for null
   */
  update(changed: readonly string[] = []): Extraction {
    const files = sourcesOf(this.#root);
    const opened = this.#open(
      files,
      changed.map((file) => resolve(file)),
    );
    const read = this.#last === undefined ? files : this.#readAgain(files, changed);
    const quick = read.length < files.length;
    const previous = this.#last?.sideCar;
    const options = {
      ...(previous !== undefined && { previous }),
      ...(quick && previous !== undefined && { kept: without(previous, read) }),
    };
    const extraction = extractFrom(opened, this.#root, read, options);
    // What others mention has changed: they may read otherwise now.
    const whole = quick && !sameDefinitions(extraction.sideCar, previous, read);
    this.#last = whole ? extractFrom(opened, this.#root, files, previous === undefined ? {} : { previous }) : extraction;
    return this.#last;
  }

  /** What is wrong with the program, as `tsc` would say. */
  problems(): readonly Problem[] {
    const { project } = this.#opened ?? {};
    if (project === undefined) return [];
    return this.#files.flatMap((file) =>
      [...project.program.getSyntacticDiagnostics(file), ...project.program.getSemanticDiagnostics(file)].map(
        ({ pos, code, text, messageChain }) => ({
          file,
          ...placeAt(file, pos),
          code,
          message: [text, ...(messageChain ?? []).map((each) => each.text)].join('\n  '),
        }),
      ),
    );
  }

  [Symbol.dispose](): void {
    this.#opened?.[Symbol.dispose]();
    this.#opened = undefined;
  }

  #open(files: readonly string[], changed: readonly string[]): OpenProject {
    const config = writeConfig(this.#root, files);
    const before = new Set(this.#files);
    const now = new Set(files);
    this.#files = files;
    if (this.#opened === undefined) return (this.#opened = openProject(config, this.#root));
    const listed = files.length === before.size && files.every((file) => before.has(file));
    this.#opened.update({
      changed: [...changed.filter((file) => existsSync(file) && before.has(file)), ...(listed ? [] : [config])],
      created: files.filter((file) => !before.has(file)),
      deleted: [...before].filter((file) => !now.has(file)),
    });
    return this.#opened;
  }

  /** Only the changed files, where each of them was known before; else all. */
  #readAgain(files: readonly string[], changed: readonly string[]): readonly string[] {
    const known = new Set(Object.keys(this.#last?.sideCar.files ?? {}));
    const paths = changed.map((file) => resolve(file)).filter((file) => /\.[cm]?tsx?$/.test(file));
    const simple = paths.length > 0 && paths.every((file) => files.includes(file) && known.has(moduleId(file)));
    return simple && known.size === files.length ? paths : files;
  }
}

const ofFiles = (files: readonly string[]): ((id: string) => boolean) => {
  const modules = new Set(files.map((file) => moduleId(file)));
  return (id) => modules.has(id.slice(0, id.lastIndexOf('#')));
};

function without({ defs }: SideCar, files: readonly string[]): SideCar['defs'] {
  const inside = ofFiles(files);
  return Object.fromEntries(Object.entries(defs).filter(([id]) => !inside(id)));
}

function sameDefinitions(now: SideCar, before: SideCar | undefined, files: readonly string[]): boolean {
  const inside = ofFiles(files);
  const own = (defs: SideCar['defs'] = {}): string =>
    JSON.stringify(
      Object.entries(defs)
        .filter(([id]) => inside(id))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, definition]) => [id, withoutLines(definition)]),
    );
  return own(now.defs) === own(before?.defs);
}

/** A line more above a class changes nothing for those that mention it. */
function withoutLines(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'line' ? undefined : inner))) as unknown;
}

function placeAt(file: string, position: number): { readonly line: number; readonly column: number } {
  const before = readFileSync(file, 'utf8').slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
