import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Programs that stand on packages which another commit may not have; `--against` measures none of them. */
const ON_PACKAGES = /[/\\]src[/\\](data|data-main|servers[/\\]data)\b/;

/**
 * Another commit of this repository, built beside it with the benchmark programs of this one, so that both are asked the same.
 *
 * @param ref a commit, branch or tag
 * @returns the folder of the checkout; it is kept in `.cache` and built once a commit
 */
export function checkout(ref: string): string {
  const commit = run('git', ['rev-parse', '--short', `${ref}^{commit}`], repository).trim();
  const folder = join(repository, '.cache', 'against', commit);
  if (!existsSync(folder)) {
    run('git', ['worktree', 'prune'], repository);
    run('git', ['worktree', 'add', '--detach', folder, commit], repository);
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  }
  const programs = join(folder, 'apps/bench/src');
  rmSync(programs, { recursive: true, force: true });
  cpSync(join(repository, 'apps/bench/src'), programs, {
    recursive: true,
    filter: (path) => !ON_PACKAGES.test(path),
  });
  run('npm', ['run', '--silent', 'build'], folder);
  return folder;
}

/** Runs a command to its end; gives what it wrote. */
export function run(command: string, args: readonly string[], cwd: string): string {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, shell, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd}:\n${stdout}${stderr}`);
  return stdout;
}
