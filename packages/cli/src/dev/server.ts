import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Compilation, noteOf, type Problem } from '@vivace/compiler';
import { findEntry } from '../project/entry';
import { developmentDir, developmentFile } from '../project/output';
import { projectAt, type Project } from '../project/project';
import { workspacePackagesOf } from '../project/workspace-packages';
import type { ServeOptions } from '../run/serve';
import { printError } from '../terminal/print-error';
import { dim, yellow } from '../terminal/style';
import { UserError } from '../terminal/user-error';
import { addresses } from './addresses';
import { isFree } from './port';
import {
  printChange,
  printNew,
  printProblems,
  printReady,
  printSilence,
  printWhatServes,
} from './print';
import { Processes, type Outcome } from './processes';
import { isTest, watch } from './watch';

type Ready = Extract<Outcome, { readonly kind: 'ready' }>;

/**
 * Milliseconds: after which a slow start is mentioned, after which a slow end is, between two
 * checks of a port in use, and for the first answers of a version before anything else is done.
 */
const SLOW_START = 3000;
const SLOW_END = 800;
const LOOK = 500;
const FIRST_ANSWER = 100;

export interface DevOptions {
  readonly entry: string | undefined;
  readonly listen: Omit<ServeOptions, 'file' | 'exported' | 'workers'>;
}

/** Serves a project during development. */
export class DevServer {
  #project: Project;
  readonly #options: DevOptions;
  readonly #compilation: Compilation;
  readonly #processes: Processes;
  readonly #stopped = Promise.withResolvers<void>();
  #stopping = false;
  /** Changed files that are not compiled yet. Undefined where there is nothing to do. */
  #changed: readonly string[] | undefined;
  /** Changed files that could not be compiled. */
  #unwritten: readonly string[] = [];
  #turn: Promise<void> | undefined;
  #look: NodeJS.Timeout | undefined;
  #afterwards: NodeJS.Timeout | undefined;
  #hasServed = false;
  /** Whether the last version that was started serves. */
  #isUpToDate = false;
  /** What was said of packages that were built without Vivace. */
  #noted: readonly string[] = [];

  constructor(project: Project, options: DevOptions) {
    this.#project = project;
    this.#options = options;
    findEntry(project, options.entry);
    this.#compilation = new Compilation(project.root, developmentDir(project));
    this.#processes = new Processes((how) =>
      console.error(yellow(`The program ended (${how}); it starts again when a file changes.`)),
    );
  }

  /** Runs until a signal arrives. A second signal kills it. */
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
    clearTimeout(this.#afterwards);
    this.#processes.abandon();
    this.#stopped.resolve();
    setTimeout(
      () => console.log(dim('Requests are still being answered; another Ctrl-C ends them.')),
      SLOW_END,
    );
  }

  /**
   * Starts one version after the other. Files that change meanwhile become part of the next
   * version.
   */
  #restart(files: readonly string[]): void {
    if (this.#stopping) return;
    clearInterval(this.#look);
    clearTimeout(this.#afterwards);
    this.#processes.prepare();
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
      return printWhatServes(this.#processes.serves);
    }
    const isServed = this.#isUpToDate && this.#processes.serves;
    if (isServed && files.length > 0 && files.every((file) => this.#isOfTests(file)))
      return void this.#checkTypes();
    this.#isUpToDate = false;
    const slow = setTimeout(
      () => console.log(dim('It does not listen yet: the program waits for something.')),
      SLOW_START,
    );
    const outcome = await this.#processes.start(options);
    clearTimeout(slow);
    if (outcome.kind === 'abandoned') return;
    this.#afterwards = setTimeout(() => {
      this.#processes.prepare();
      void this.#checkTypes();
    }, FIRST_ANSWER);
    if (outcome.kind === 'silent')
      return printSilence(findEntry(this.#project, this.#options.entry).file);
    this.#isUpToDate = outcome.kind === 'ready';
    if (outcome.kind === 'ready') return this.#printReady(outcome, files, begun);
    if (outcome.portIsHeld) this.#startWhenFree(options);
    else printWhatServes(this.#processes.serves);
  }

  /** Whether only tests import a file. */
  #isOfTests(file: string): boolean {
    const { file: entry } = findEntry(this.#project, this.#options.entry);
    const beginnings = existsSync(file) ? this.#compilation.beginningsOf(file, [entry]) : [];
    return beginnings.length > 0 && beginnings.every((one) => isTest(one));
  }

  /** Compiles the changed files. */
  #compile(files: readonly string[]): ServeOptions {
    this.#unwritten = [...this.#unwritten, ...files];
    if (files.some((file) => basename(file) === 'package.json'))
      this.#project = projectAt(this.#project.root);
    const { plain } = this.#compilation.update(this.#unwritten);
    this.#unwritten = [];
    this.#noted = printNew(plain.map(noteOf), this.#noted);
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

  /**
   * Prints an error. False where this process is ending: the same signal may have ended the type
   * checker first.
   */
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

  async #checkTypes(): Promise<void> {
    if (this.#stopping) return;
    let problems: readonly Problem[];
    try {
      problems = this.#compilation.problems();
    } catch (thrown) {
      return void (await this.#printFailure(thrown));
    }
    printProblems(problems);
  }

  #printReady({ url, documented }: Ready, files: readonly string[], begun: number): void {
    const milliseconds = Math.round(performance.now() - begun);
    if (this.#hasServed) return printChange(files, milliseconds);
    this.#hasServed = true;
    printReady(this.#project.name, milliseconds, addresses(url, documented));
  }
}
