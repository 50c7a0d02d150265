import { Compilation, type Problem } from '@vivace/compiler';
import { findEntry, shown } from '../project/entry';
import { compiledFile, outDirOf } from '../project/load';
import type { Project } from '../project/project';
import { siblingsOf } from '../project/siblings';
import type { ServeOptions } from '../run/serve';
import { bold, dim, error, green, warning, yellow } from '../terminal/style';
import { addresses } from './addresses';
import { Processes } from './processes';
import { watch } from './watch';

const MOST_PROBLEMS = 5;

export interface DevOptions {
  readonly entry: string | undefined;
  readonly listen: Omit<ServeOptions, 'file' | 'exported' | 'workers'>;
}

/** Serves a project while it is written. */
export class DevServer {
  readonly #compilation: Compilation;
  readonly #processes: Processes;
  readonly #stopped = Promise.withResolvers<void>();
  #turn: Promise<void> = Promise.resolve();
  /** Changed files that could not be compiled yet. */
  #unwritten: string[] = [];

  constructor(
    private readonly project: Project,
    { entry: named, listen }: DevOptions,
  ) {
    const { file, exported } = findEntry(project, named);
    this.#compilation = new Compilation(project.root, outDirOf(project));
    this.#processes = new Processes({ ...listen, file: compiledFile(project, file), exported, workers: 1 }, (how) =>
      console.error(yellow(`The program ended (${how}); it starts again when a file changes.`)),
    );
  }

  /** Runs until a signal comes. */
  async run(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => this.#stopped.resolve());
    await using _watcher = await watch(this.project.root, siblingsOf(this.project), (files) => this.#restart(files));
    this.#restart([]);
    await this.#stopped.promise;
    await this.#turn;
    await this.#processes.stop();
    this.#compilation[Symbol.dispose]();
  }

  /** One version after the other; what changes meanwhile is part of the next. */
  #restart(files: readonly string[]): void {
    this.#turn = this.#turn.then(() => this.#version(files));
  }

  async #version(files: readonly string[]): Promise<void> {
    const begun = performance.now();
    try {
      this.#compilation.update([...this.#unwritten, ...files]);
      this.#unwritten = [];
    } catch (thrown) {
      this.#unwritten.push(...files);
      console.error(error(thrown instanceof Error ? thrown.message : String(thrown)));
      return this.#goesOn();
    }
    const started = await this.#processes.start();
    // The checker says more than a program that does not start, and has time while one that starts serves.
    setImmediate(() => this.#tellProblems());
    if (started === undefined) return this.#goesOn();
    const milliseconds = Math.round(performance.now() - begun);
    if (files.length === 0) this.#welcome(started.url, milliseconds);
    else console.log(`${green('ready')} ${dim(`in ${milliseconds} ms`)}  ${files.map((file) => shown(file)).join(', ')}`);
  }

  #tellProblems(): void {
    const problems = this.#compilation.problems();
    for (const problem of problems.slice(0, MOST_PROBLEMS)) console.error(lineOf(problem));
    if (problems.length > MOST_PROBLEMS) console.error(dim(`… and ${problems.length - MOST_PROBLEMS} more: vivace build --check`));
  }

  #goesOn(): void {
    console.error(dim(this.#processes.serves ? 'The last version that started goes on.' : 'Waiting for a change.'));
  }

  #welcome(url: string | null, milliseconds: number): void {
    console.log([`${green('ready')} ${dim(`in ${milliseconds} ms`)}  ${bold(this.project.name)}`, ...addresses(url)].join('\n'));
  }
}

/** As `tsc` writes it. */
function lineOf({ file, line, column, code, message }: Problem): string {
  return warning(`${shown(file)}:${line}:${column} ${dim(`TS${code}`)} ${message}`);
}
