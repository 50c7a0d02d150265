import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../terminal/user-error';
import { manifestOf } from './versions';
import type { PackageManager } from './package-managers';
import { filesOf, type Template } from './templates';

export interface NewProject {
  /** Where it is made; the last part of the path is its name. */
  readonly directory: string;
  readonly template: Template;
  readonly packageManager: PackageManager;
  readonly git: boolean;
  readonly install: boolean;
}

/** What did not work, though the project is there. */
export type Unfinished = 'install' | 'git';

/**
 * Makes a project. It is put together beside its place and moved there when it is whole, so that nothing half-made is left.
 *
 * @throws UserError where there is something already, or the name is not one that npm takes
 */
export function createProject(project: NewProject, progress: (what: string) => void): readonly Unfinished[] {
  const target = resolve(project.directory);
  const name = nameOf(target);
  if (existsSync(target)) throw new UserError(`${target} is there already.`, 'Choose another name, or remove it first');
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), `.${name}-`));
  const remove = (): void => rmSync(draft, { recursive: true, force: true });
  const interrupt = (): never => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  try {
    progress('files');
    writeFiles(draft, name, project);
    const unfinished: Unfinished[] = [];
    if (project.git && !initialise(draft)) unfinished.push('git');
    if (project.install) {
      progress('packages');
      if (!install(draft, project.packageManager)) unfinished.push('install');
    }
    renameSync(draft, target);
    return unfinished;
  } catch (error) {
    remove();
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function nameOf(directory: string): string {
  const name = basename(directory);
  if (/^[a-z0-9][a-z0-9._-]{0,200}$/.test(name)) return name;
  const proposal = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  throw new UserError(
    `'${name}' cannot be the name of a package: small letters, digits, '-', '.' and '_' can.`,
    proposal === '' ? undefined : `Such as ${proposal}`,
    { usage: true },
  );
}

function writeFiles(directory: string, name: string, { template, packageManager: { run, test, start } }: NewProject): void {
  for (const [path, text] of filesOf(template, { name, run, test, start })) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path === 'package.json' ? manifestOf(text, template.dependencies, template.devDependencies) : text);
  }
}

/** A repository of its own, unless it stands in one. */
function initialise(directory: string): boolean {
  const git = (...args: string[]): boolean => spawnSync('git', args, { cwd: directory, stdio: 'ignore' }).status === 0;
  if (git('rev-parse', '--is-inside-work-tree')) return true;
  return git('init', '--quiet', '--initial-branch=main');
}

function install(directory: string, { name, install: args }: PackageManager): boolean {
  // Without the registry's own word npm would print nothing of what it does for a minute.
  const { status } = spawnSync(name, args, {
    cwd: directory,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}
