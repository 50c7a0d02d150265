import './compile-cache';
import cluster from 'node:cluster';
import type { Server as HttpServer } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { Server } from 'vivace';
import { printError } from '../terminal/print-error';
import { exit } from './exit';
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
      () => exit(0),
      (error: unknown) => {
        console.error(error);
        exit(1);
      },
    );
  };
  process.on('message', ({ kind }: WorkerCommand) => {
    if (kind === 'leave') leave();
    if (kind === 'refuse-connections' && server !== undefined) hold(server);
  });
  process.once('disconnect', leave);
  if (server !== undefined) surviveErrors(server.fastify.log);
  sendHeartbeats();
  report({ kind: 'ready' });
}

/** Holds the requests until the supervisor has closed the listening socket. */
function hold(server: Server): void {
  const closed = closedByCluster(server.fastify.server);
  void server.refuseConnections(() => closed);
  report({ kind: 'holding' });
}

/**
 * Waits until the supervisor disconnects this worker: then `node:cluster` closes its server.
 * Node's own `close()` would end idle connections too, also those on which a request is on its way.
 */
function closedByCluster(http: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    http.close = (ended) => {
      Reflect.deleteProperty(http, 'close');
      resolve();
      return NetServer.prototype.close.call(http, ended) as HttpServer;
    };
  });
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

// The supervisor receives the terminal's signals too, and tells the workers what to do.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.on('uncaughtException', die);
if (cluster.isWorker) {
  process.once('message', (message: WorkerCommand) => {
    if (message.kind === 'listen')
      void work(message.options).catch((error: unknown) => process.exit(printError(error)));
  });
}
