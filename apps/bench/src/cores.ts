import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether the server has a core of its own, and the load another: where there is `taskset`, and more than one core. */
export const apart =
  process.platform === 'linux' &&
  availableParallelism() > 1 &&
  spawnSync('taskset', ['--version']).status === 0;

/** A command on the core of the server, or on that of the load. */
export function on(
  core: 'server' | 'load',
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return apart ? ['taskset', '-c', core === 'server' ? '0' : '1', ...command] : command;
}

/** Takes this process, and what it loads servers with, off the core of the server. */
export function leaveServerAlone(): void {
  if (apart) spawnSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)]);
}
