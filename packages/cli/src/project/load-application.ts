import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transpile } from '@vivace/compiler';
import type { Vivace } from 'vivace';
import { progress } from '../terminal/progress';
import { shownPath } from '../terminal/shown-path';
import { UserError } from '../terminal/user-error';
import { importApplication } from './application';
import { builtEntry } from './built';
import { findEntry, type Entry } from './entry';
import { isProduction } from './environment';
import { builtFile, developmentDir, developmentFile } from './output';
import type { Project } from './project';

/** A project whose application is loaded. */
export interface Program {
  readonly app: Vivace;
  /** The JavaScript of a source file. */
  readonly compiled: (file: string) => string;
}

/** Loads the application of a project: from the sources, in production from what was built. */
export async function loadProgram(project: Project, named: string | undefined): Promise<Program> {
  if (!isProduction())
    return {
      app: await loadApplication(project, findEntry(project, named)),
      compiled: (file) => developmentFile(project, file),
    };
  const { file, exported } = builtEntry(project, named);
  process.chdir(project.root);
  return {
    app: await importApplication(file, nameOf(file, exported)),
    compiled: (source) => (/\.[cm]?ts$/.test(source) ? builtFile(project, source) : source),
  };
}

/** Compiles a project and loads its application. Nothing listens. */
export async function loadApplication(
  project: Project,
  { file, exported }: Entry,
): Promise<Vivace> {
  const name = nameOf(file, exported);
  checkInstalled(project);
  compile(project);
  process.chdir(project.root);
  using _output = outputToErrors();
  return await importApplication(developmentFile(project, file), name);
}

function nameOf(file: string, exported: string | undefined): string {
  if (exported !== undefined) return exported;
  throw new UserError(
    `${shownPath(file)} exports no application.`,
    "Export it: export const app = new Vivace({ … }), and listen elsewhere or with 'vivace dev'",
  );
}

/** A compile error is about the program: the compiler's own stack trace adds nothing. */
function compile(project: Project): void {
  using _progress = progress('compiling');
  try {
    transpile(project.root, developmentDir(project));
  } catch (cause) {
    throw new UserError((cause as Error).message, undefined, { cause });
  }
}

/**
 * Standard output is for the result of a command: what the program prints while it is loaded goes
 * to standard error.
 */
function outputToErrors(): Disposable {
  const { log, info } = console;
  console.log = console.info = console.error;
  return { [Symbol.dispose]: () => void Object.assign(console, { log, info }) };
}

function checkInstalled({ root }: Project): void {
  const paths = createRequire(join(root, 'package.json')).resolve.paths('vivace') ?? [];
  if (paths.some((path) => existsSync(join(path, 'vivace', 'package.json')))) return;
  throw new UserError(`vivace is not installed in ${root}.`, 'npm install');
}
