import { basename } from 'node:path';
import { Compilation, type Problem } from '@vivace/compiler';
import { findEntry } from '../project/entry';
import { shownPath } from '../terminal/shown-path';
import { developmentDir, developmentFile } from '../project/output';
import { projectAt, type Project } from '../project/project';
import { workspacePackagesOf } from '../project/workspace-packages';
import type { ServeOptions } from '../run/serve';
import { bold, dim, green, warning, yellow } from '../terminal/style';
import { printError } from '../terminal/print-error';
import { UserError } from '../terminal/user-error';
import { addresses } from './addresses';
import { isFree } from './port';
import { Processes, type Outcome } from './processes';
import { watch } from './watch';

type Ready = Extract<Outcome, { readonly kind: 'ready' }>;

const MOST_PROBLEMS = 5;
const MOST_FILES = 3;
/** Milliseconds: after which a start is slow, and an end; between two looks at a port that is held. */
const SLOW_START = 3000;
const SLOW_END = 800;
const LOOK = 500;

export interface DevOptions {
  readonly entry: string | undefined;
  readonly listen: Omit<ServeOptions, 'file' | 'exported' | 'workers'>;
}

/** Serves a project while it is written. */
export class DevServer {
  #project: Project;
  readonly #options: DevOptions;
  readonly #compilation: Compilation;
  readonly #processes: Processes;
  readonly #stopped = Promise.withResolvers<void>();
  #stopping = false;
  /** Changed files that no version has yet; undefined where there is nothing to do. */
  #changed: readonly string[] | undefined;
  /** Those of them that could not be compiled. */
  #unwritten: readonly string[] = [];
  #turn: Promise<void> | undefined;
  #look: NodeJS.Timeout | undefined;
  #hasServed = false;

  constructor(project: Project, options: DevOptions) {
    this.#project = project;
    this.#options = options;
    findEntry(project, options.entry);
    this.#compilation = new Compilation(project.root, developmentDir(project));
    this.#processes = new Processes((how) =>
      console.error(yellow(`The program ended (${how}); it starts again when a file changes.`)),
    );
  }

  /** Runs until a signal comes; a second one ends it at once. */
  async run(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#stop());
    console.log(dim(`starting ${this.#project.name} …`));
    await using _watcher = await watch(
      this.#project.root,
      workspacePackagesOf(this.#project),
      (files) => this.#restart(files),
    );
    this.#restart([]);
    await this.#stopped.promise;
    await this.#turn;
    await this.#processes.stop();
    this.#compilation[Symbol.dispose]();
  }

  #stop(): void {
    if (this.#stopping) {
      this.#processes.kill();
      process.exit(1);
    }
    this.#stopping = true;
    clearInterval(this.#look);
    this.#processes.abandon();
    this.#stopped.resolve();
    setTimeout(
      () => console.log(dim('Requests are still being answered; another Ctrl-C ends them.')),
      SLOW_END,
    );
  }

  /** One version after the other; what changes meanwhile is part of the next. */
  #restart(files: readonly string[]): void {
    clearInterval(this.#look);
    this.#changed = [...new Set([...(this.#changed ?? []), ...files])];
    this.#processes.abandon();
    this.#turn ??= this.#versions().finally(() => (this.#turn = undefined));
  }

  async #versions(): Promise<void> {
    while (this.#changed !== undefined && !this.#stopping) {
      const files = this.#changed;
      this.#changed = undefined;
      await this.#version(files);
    }
  }

  async #version(files: readonly string[]): Promise<void> {
    const begun = performance.now();
    let options: ServeOptions;
    try {
      options = this.#compile(files);
    } catch (thrown) {
      if (!(await this.#printFailure(thrown))) return;
      return this.#printWhatServes();
    }
    const slow = setTimeout(
      () => console.log(dim('It does not listen yet: the program waits for something.')),
      SLOW_START,
    );
    const outcome = await this.#processes.start(options);
    clearTimeout(slow);
    if (outcome.kind === 'abandoned') return;
    // The checker says more than a program that does not start, and has time while one that starts serves.
    setImmediate(() => void this.#printProblems());
    if (outcome.kind === 'silent') return this.#printSilence();
    if (outcome.kind === 'ready')
      return this.#printReady(outcome, files, Math.round(performance.now() - begun));
    if (outcome.portIsHeld) this.#startWhenFree(options);
    else this.#printWhatServes();
  }

  /** Compiles what has changed, and says what is to be served. */
  #compile(files: readonly string[]): ServeOptions {
    this.#unwritten = [...this.#unwritten, ...files];
    if (files.some((file) => basename(file) === 'package.json'))
      this.#project = projectAt(this.#project.root);
    this.#compilation.update(this.#unwritten);
    this.#unwritten = [];
    const { file, exported } = findEntry(this.#project, this.#options.entry);
    return {
      ...this.#options.listen,
      file: developmentFile(this.#project, file),
      exported,
      workers: 1,
    };
  }

  #startWhenFree({ host, port }: ServeOptions): void {
    console.error(dim('It starts when the port is free.'));
    this.#look = setInterval(
      () => void isFree(host, port).then((free) => free && this.#restart([])),
      LOOK,
    );
  }

  /** Whether it was a failure, and not the end: the signal that ends this process may have ended the checker before. */
  async #printFailure(thrown: unknown): Promise<boolean> {
    await new Promise(setImmediate);
    if (this.#stopping) return false;
    printError(
      thrown instanceof UserError
        ? thrown
        : new UserError(thrown instanceof Error ? thrown.message : String(thrown)),
    );
    return true;
  }

  async #printProblems(): Promise<void> {
    if (this.#stopping) return;
    let problems: readonly Problem[];
    try {
      problems = this.#compilation.problems();
    } catch (thrown) {
      return void (await this.#printFailure(thrown));
    }
    for (const problem of problems.slice(0, MOST_PROBLEMS)) console.error(lineOf(problem));
    if (problems.length > MOST_PROBLEMS)
      console.error(dim(`… and ${problems.length - MOST_PROBLEMS} more: vivace build --check`));
  }

  #printWhatServes(): void {
    console.error(
      dim(
        this.#processes.serves ? 'The last version that started goes on.' : 'Waiting for a change.',
      ),
    );
  }

  #printSilence(): void {
    const { file } = findEntry(this.#project, this.#options.entry);
    printError(
      new UserError(
        `${shownPath(file)} exports no application, and listens nowhere.`,
        'Export it: export const app = new Vivace({ … })',
      ),
    );
  }

  #printReady({ url, documented }: Ready, files: readonly string[], milliseconds: number): void {
    const ready = `${green('ready')} ${dim(`in ${milliseconds} ms`)}  `;
    if (this.#hasServed) return console.log(ready + listOf(files));
    this.#hasServed = true;
    console.log([ready + bold(this.#project.name), ...addresses(url, documented)].join('\n'));
  }
}

function listOf(files: readonly string[]): string {
  const names = files.slice(0, MOST_FILES).map((file) => shownPath(file));
  return (
    names.join(', ') + (files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : '')
  );
}

/** As `tsc` writes it. */
function lineOf({ file, line, column, code, message }: Problem): string {
  return warning(`${shownPath(file)}:${line}:${column} ${dim(`TS${code}`)} ${message}`);
}
