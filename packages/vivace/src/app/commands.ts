import type { Vivace } from './vivace';

/**
 * What adds commands: the `Command` of commander. `@vivace/cli` says so to the checker of a package
 * that has `/// <reference types="@vivace/cli" />`.
 */
export interface CommandLine {}

/**
 * What a package adds to the command line `vivace`: the export `commands` of the module that its
 * package.json names by `"vivace": { "commands": "./dist/commands.js" }`.
 *
 * @example
 * export const commands: Commands = {
 *   commands: [(program) => program.command('mail').description('show the mail').action(show)],
 * };
 */
export interface Commands {
  /** Each adds one command. An error for the user is `program.error(message)`. */
  readonly commands: readonly ((program: CommandLine, project: Project) => void)[];
  /**
   * Starts what programs need in development and tests; `vivace dev`, `test`, `exec` and `shell`
   * and the commands of packages call it once, before anything else.
   */
  readonly services?: (project: Project) => Promise<RunningServices>;
  /** Called when `vivace build` has written JavaScript to a folder: adds what production needs beside it. */
  readonly built?: (project: Project, outDir: string) => void | Promise<void>;
}

/** Services that a command uses. */
export interface RunningServices {
  /** Variables by which the program finds them. */
  readonly env: Readonly<Record<string, string>>;
  /** Called when the command ends. */
  stop(): Promise<void>;
}

/** The project that a command works on. */
export interface Project {
  /** The folder of its package.json. */
  readonly root: string;
  /** Whether `NODE_ENV` is `production`. */
  readonly production: boolean;
  /** Loads its application: from the sources, in production from what was built. */
  application(): Promise<Vivace>;
}
