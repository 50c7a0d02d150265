import '../run/compile-cache';
import { exit } from '../run/exit';
import type { WorkerCommand } from '../run/messages';
import { surviveRejections } from '../run/rejections';
import { serve, type ServeOptions } from '../run/serve';
import { printError } from '../terminal/print-error';
import { DOCS } from './addresses';
import { preload } from './preload';
import { rehearse } from './rehearse';
import type { StartReport } from './start-report';

function report(message: StartReport, then = (): void => {}): void {
  process.send?.(message, then);
}

async function work(options: ServeOptions): Promise<void> {
  const server = await serve(options, false);
  process.on('message', ({ kind }: WorkerCommand) => {
    if (kind === 'leave') void (server?.close() ?? Promise.resolve()).finally(() => exit(0));
  });
  if (server !== undefined) surviveRejections(server.fastify.log);
  report({
    kind: 'ready',
    url: server?.url ?? null,
    documented: server?.fastify.hasRoute({ method: 'GET', url: DOCS }) ?? true,
  });
}

/** Whether the port is in use. */
function isHeld(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE'
  );
}

let isAsked = false;

/** What can be done before there is a version; what hinders it hinders the version too, which says so. */
async function prepare(): Promise<void> {
  const framework = await preload(process.cwd());
  if (!isAsked) await rehearse(framework);
}

const prepared = prepare().catch(() => {});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.once('disconnect', () => process.exit(0));
process.once('message', (message: WorkerCommand) => {
  if (message.kind !== 'listen') return process.exit(0);
  isAsked = true;
  prepared
    .then(() => work(message.options))
    .catch((error: unknown) => {
      printError(error);
      report({ kind: 'failed', portIsHeld: isHeld(error) }, () => process.exit(1));
    });
});
