import { findEntry, shown } from '../project/entry';
import { compiledFile } from '../project/load';
import type { Project } from '../project/project';
import type { ServeOptions } from '../run/serve';
import { bold, cyan, dim, error, green, yellow } from '../terminal/style';
import { ProjectCompiler } from './compiler';
import { Processes } from './processes';
import { watch } from './watch';

export interface DevOptions {
  readonly entry: string | undefined;
  readonly listen: Omit<ServeOptions, 'file' | 'exported'>;
}

/** Serves a project while it is written. */
export class DevServer {
  readonly #compiler: ProjectCompiler;
  readonly #processes: Processes;
  readonly #stopped = Promise.withResolvers<void>();
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly project: Project,
    { entry: named, listen }: DevOptions,
  ) {
    const { file, exported } = findEntry(project, named);
    this.#compiler = new ProjectCompiler(project);
    this.#processes = new Processes({ ...listen, file: compiledFile(project, file), exported }, (how) =>
      console.error(yellow(`The program ended (${how}); it starts again when a file changes.`)),
    );
  }

  /** Runs until a signal comes. */
  async run(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => this.#stopped.resolve());
    await using _watcher = await watch(this.project.root, (files) => this.#restart(files));
    this.#restart([]);
    await this.#stopped.promise;
    await this.#turn;
    await this.#processes.stop();
  }

  /** One version after the other; what changes meanwhile is part of the next. */
  #restart(files: readonly string[]): void {
    this.#turn = this.#turn.then(() => this.#version(files));
  }

  async #version(files: readonly string[]): Promise<void> {
    const begun = performance.now();
    try {
      this.#compiler.compile();
    } catch (thrown) {
      console.error(error(thrown instanceof Error ? thrown.message : String(thrown)));
      return this.#goesOn();
    }
    const started = await this.#processes.start();
    if (started === undefined) return this.#goesOn();
    const milliseconds = Math.round(performance.now() - begun);
    if (files.length === 0) this.#welcome(started.url, milliseconds);
    else console.log(`${green('ready')} ${dim(`in ${milliseconds} ms`)}  ${files.map((file) => shown(file)).join(', ')}`);
  }

  #goesOn(): void {
    console.error(dim(this.#processes.serves ? 'The last version that started goes on.' : 'Waiting for a change.'));
  }

  #welcome(url: string | null, milliseconds: number): void {
    const name = bold(this.project.name);
    if (url === null) return console.log(`${green('ready')} ${dim(`in ${milliseconds} ms`)}  ${name}`);
    console.log(
      [
        `${green('ready')} ${dim(`in ${milliseconds} ms`)}  ${name}`,
        `  application    ${cyan(process.env['VIVACE_PUBLIC_URL'] ?? url)}`,
        `  documentation  ${cyan(`${process.env['VIVACE_PUBLIC_URL'] ?? url}/docs`)}`,
      ].join('\n'),
    );
  }
}
