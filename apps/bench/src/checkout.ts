import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));

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
  cpSync(join(repository, 'apps/bench/src'), join(folder, 'apps/bench/src'), { recursive: true });
  run('npm', ['run', '--silent', 'build'], folder);
  return folder;
}

function run(command: string, args: readonly string[], cwd: string): string {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, shell, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd}:\n${stdout}${stderr}`);
  return stdout;
}
