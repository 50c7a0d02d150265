import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../terminal/user-error';
import { isOnMachine, type PackageManager } from './package-managers';
import { nameOf } from './project-name';
import { filesOf, type Template } from './templates';
import { manifestOf } from './versions';

export interface NewProject {
  /** Path of the new folder. Its last part is the name of the project. */
  readonly directory: string;
  readonly template: Template;
  readonly packageManager: PackageManager;
  readonly git: boolean;
  readonly install: boolean;
}

/** A step that failed although the project was made. */
export type Unfinished = 'install' | 'git';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Makes a project. It is built in a temporary folder and moved into place when it is complete, so
 * that nothing incomplete is left.
 *
 * @throws UserError where the folder exists, where it cannot be written, where npm would not accept
 *   the name,
 *   or where a signal stopped it
 */
export async function createProject(
  project: NewProject,
  progress: (what: string) => void,
): Promise<readonly Unfinished[]> {
  const { directory, template, packageManager, git, install: installs } = project;
  const { target, name } = checkTarget(directory, template);
  if (installs && !isOnMachine(packageManager.name)) {
    throw new UserError(
      `${packageManager.name} is not on this machine.`,
      'Install it, choose another one with --pm, or leave the packages for later: --no-install',
    );
  }
  const { draft, made } = draftBeside(target, name);
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    progress('files');
    writeFiles(draft, name, project);
    const unfinished: Unfinished[] = [];
    if (git && !initialise(draft)) unfinished.push('git');
    if (installs) {
      progress('packages');
      if (!(await install(draft, packageManager, stopped.signal))) unfinished.push('install');
    }
    if (stopped.signal.aborted) throw new UserError('Nothing was made.');
    renameSync(draft, target);
    return unfinished;
  } catch (error) {
    rmSync(made, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/**
 * Where a project is made, and its name.
 *
 * @throws UserError where something is there, or npm would not accept the name
 */
export function checkTarget(
  directory: string,
  template: Template,
): { readonly target: string; readonly name: string } {
  const target = resolve(directory);
  const name = nameOf(basename(target), template);
  if (existsSync(target))
    throw new UserError(`${target} is there already.`, 'Choose another name, or remove it first');
  return { target, name };
}

/**
 * A temporary folder on the same disk as the target, and the first parent folder that had to be
 * made for it.
 */
function draftBeside(
  target: string,
  name: string,
): { readonly draft: string; readonly made: string } {
  const parent = dirname(target);
  try {
    const first = mkdirSync(parent, { recursive: true });
    const draft = mkdtempSync(join(parent, `.${name}-`));
    chmodSync(draft, 0o777 & ~process.umask()); // mkdtemp keeps others out
    return { draft, made: first ?? draft };
  } catch (cause) {
    throw new UserError(
      `Nothing can be written in ${parent}: ${(cause as Error).message}.`,
      'Choose another folder',
      { cause },
    );
  }
}

function writeFiles(
  directory: string,
  name: string,
  { template, packageManager: { words, files } }: NewProject,
): void {
  for (const [path, text] of [
    ...filesOf(template, { name, ...words }),
    ...Object.entries(files ?? {}),
  ]) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      path === 'package.json'
        ? manifestOf(text, template.dependencies, template.devDependencies)
        : text,
    );
  }
}

/** Makes a git repository, unless the folder is inside one. */
function initialise(directory: string): boolean {
  const git = (...args: string[]): boolean =>
    spawnSync('git', args, { cwd: directory, stdio: 'ignore' }).status === 0;
  if (git('rev-parse', '--is-inside-work-tree')) return true;
  return git('init', '--quiet', '--initial-branch=main');
}

/**
 * Waits for the package manager even after a signal: it must have ended before its folder is
 * removed.
 */
async function install(
  directory: string,
  { name, install: args }: PackageManager,
  stopped: AbortSignal,
): Promise<boolean> {
  const child = spawn(name, args, {
    cwd: directory,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  stopped.addEventListener('abort', () => child.kill());
  const [code] = await once(child, 'close');
  return code === 0;
}
