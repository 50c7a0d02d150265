import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { lock } from './lock';
import { SupervisorServer } from './supervisor-server';
import type { Service } from './service';

/** Milliseconds between two tries. */
const LOOK = 20;

/**
 * A process that starts a service and ends it when nobody holds it any more. Of several that were started at the same
 * moment one gets the lock; the others end when their parents have joined that one, and one of them follows it when it dies.
 */
async function main([folder = '', module = '']: readonly string[]): Promise<void> {
  // The module of a service loads a third of the framework, and its users wait for it.
  enableCompileCache();
  const leave = (): void => process.exit();
  process.once('disconnect', leave);
  while (!lock(join(folder, 'lock'))) await delay(LOOK);
  process.off('disconnect', leave);
  const supervisor = new SupervisorServer(folder, async () => {
    const { service } = (await import(pathToFileURL(module).href)) as { service: Service };
    return service.start(folder);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => void supervisor.close());
  await supervisor.run();
  process.exit();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
