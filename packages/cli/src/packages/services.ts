import type { RunningServices } from 'vivace/extend';
import { isProduction } from '../project/environment';
import type { Project } from '../project/project';
import { commandPackages } from './installed';
import { packageProject } from './package-project';

/**
 * Starts what the packages of a project need beside the program, and puts what they say into the
 * environment. In production the program has servers of its own.
 */
export async function startServices(project: Project): Promise<AsyncDisposable> {
  const running: RunningServices[] = [];
  const stop = async (): Promise<void> => {
    for (const each of running.toReversed()) await each.stop();
  };
  try {
    for (const { commands } of isProduction() ? [] : await commandPackages(project)) {
      const started = await commands.services?.(packageProject(project));
      if (started === undefined) continue;
      running.push(started);
      Object.assign(process.env, started.env);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { [Symbol.asyncDispose]: stop };
}
