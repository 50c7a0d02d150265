import './compile-cache';
import cluster from 'node:cluster';
import type { Server as HttpServer } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Server } from 'vivace';
import { printError } from '../terminal/print-error';
import { exit } from './exit';
import { sendHeartbeats } from './heartbeat';
import { report, type WorkerCommand } from './messages';
import { surviveRejections } from './rejections';
import { serve, type ServeOptions } from './serve';

/** Turns of the event loop before a worker says what it has taken. */
const TURNS = 3;

/**
 * One of several processes. It listens and leaves when the supervisor says so, and leaves when the
 * supervisor is gone.
 */
async function work(options: ServeOptions): Promise<void> {
  const server = await serve(options, false);
  let leaving = false;
  let hold: (() => Promise<void>) | undefined;
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
    if (kind === 'refuse-connections' && server !== undefined) void (hold ??= holding(server))();
  });
  process.once('disconnect', leave);
  if (server !== undefined) surviveErrors(server.fastify.log);
  sendHeartbeats();
  report({ kind: 'ready' });
}

/**
 * Holds the requests until the supervisor has closed the listening socket.
 *
 * @returns tells the supervisor how many connections were taken meanwhile
 */
function holding(server: Server): () => Promise<void> {
  let taken = 0;
  const http = server.fastify.server.on('connection', () => (taken += 1));
  const closed = closedByCluster(http);
  void server.refuseConnections(() => closed);
  return async () => {
    // Connections that the supervisor had handed over before it asked are taken by then.
    for (let turns = 0; turns < TURNS; turns++) await turn();
    report({ kind: 'holding', taken });
  };
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
