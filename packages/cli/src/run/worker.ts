import cluster from 'node:cluster';
import type { FastifyBaseLogger } from 'fastify';
import { printError } from '../terminal/print-error';
import { sendHeartbeats } from './heartbeat';
import { report, type WorkerCommand } from './messages';
import { surviveRejections } from './rejections';
import { serve, type ServeOptions } from './serve';

/**
 * One of several processes. It listens and leaves when the supervisor says so, and leaves when the
 * supervisor is gone.
 */
async function work(options: ServeOptions): Promise<void> {
  const server = await serve(options, false);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    Promise.resolve(server?.close()).then(
      () => end(0),
      (error: unknown) => {
        console.error(error);
        end(1);
      },
    );
  };
  process.on('message', ({ kind }: WorkerCommand) => kind === 'leave' && leave());
  process.once('disconnect', leave);
  if (server !== undefined) surviveErrors(server.fastify.log);
  sendHeartbeats();
  report({ kind: 'ready' });
}

/** Errors outside of requests do not end the requests. */
function surviveErrors(log: FastifyBaseLogger): void {
  surviveRejections(log);
  process.off('uncaughtException', die);
  process.on('uncaughtException', (error) => {
    log.fatal(
      { err: error },
      'An error that nobody caught: another worker takes the place of this one, which answers what it has begun',
    );
    report({ kind: 'failing' });
  });
}

function die(error: unknown): void {
  console.error(error);
  process.exit(1);
}

/**
 * Returns connections that the supervisor has just handed over, so that another worker takes them.
 */
function end(code: number): void {
  if (!process.connected) process.exit(code);
  process.once('disconnect', () => process.exit(code));
  cluster.worker?.disconnect();
}

// The supervisor receives the terminal's signals too, and tells the workers what to do.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.on('uncaughtException', die);
if (cluster.isWorker) {
  process.once('message', (message: WorkerCommand) => {
    if (message.kind === 'listen')
      void work(message.options).catch((error: unknown) => process.exit(printError(error)));
  });
}
