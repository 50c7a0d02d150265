import type { Server } from 'vivace';
import { builtEntry } from '../project/built';
import { ensureEnvironment } from '../project/environment';
import { projectAt } from '../project/project';
import { log, STOPPING } from '../terminal/log';
import { UserError } from '../terminal/user-error';
import { serve, type ServeOptions } from './serve';
import { Supervisor } from './supervisor';

/** How what was built runs. */
export interface StartOptions extends Omit<ServeOptions, 'file' | 'exported'> {
  /** Seconds that one of several processes may hold up its event loop; 0: any. */
  readonly blocked: number;
}

/**
 * Runs what was built, in one process or several, until a signal stops it.
 *
 * @param named the file of the application
 */
export async function startBuilt(
  named: string | undefined,
  { blocked, ...options }: StartOptions,
): Promise<void> {
  const project = projectAt('.');
  ensureEnvironment('production');
  process.chdir(project.root);
  const { file, exported } = builtEntry(project, named);
  if (exported === undefined && (options.workers > 1 || options.http === false)) {
    throw new UserError(
      `${named ?? 'The program'} listens itself, so it cannot ${options.http === false ? 'work without that' : 'be run several times'}.`,
      'Export the application: export const app = new Vivace({ … })',
    );
  }
  const listening = { file, exported, ...options };
  if (options.workers > 1) {
    log('info', `${project.name} with ${options.workers} workers`);
    process.exit(
      await new Supervisor({ workers: options.workers, blocked, serve: listening }).run(),
    );
  }
  const server = await serve(listening, true);
  if (server !== undefined) endInOrder(server);
}

/** A single process stops as several do: it logs that it stops, and ends with exit code 0. */
function endInOrder(server: Server): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    log('info', STOPPING);
    // The server's own listener logs an error that keeps it from closing.
    const end = (): unknown => setImmediate(() => process.exit());
    server.close().then(end, end);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
}
