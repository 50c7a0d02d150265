import type { Server } from '../declare/server';

/** Closes a server before its process ends: by a signal, or by an error that nobody caught. */
export function closeWithProcess(server: Server): void {
  closeOnSignals(server);
  surviveRejections(server);
  closeOnException(server);
}

/** The first signal closes the server and then ends the process as the signal would have; a second one ends it at once. */
function closeOnSignals(server: Server): void {
  const numbers = { SIGINT: 2, SIGTERM: 15 } as const;
  let closing = false;
  const close = (name: NodeJS.Signals): void => {
    if (closing) process.exit(128 + numbers[name as keyof typeof numbers]);
    closing = true;
    const end = (): void => {
      forget();
      // What else keeps the process alive does not know of the signal; a program with a handler of its own decides itself.
      if (process.listenerCount(name) === 0) process.kill(process.pid, name);
    };
    server.close().then(end, (error: unknown) => {
      server.fastify.log.error({ err: error }, 'The server did not close cleanly');
      process.exitCode = 1;
      end();
    });
  };
  const forget = (): void => {
    for (const name of Object.keys(numbers)) process.off(name, close);
  };
  for (const name of Object.keys(numbers)) process.on(name, close);
}

/** Work that nobody waits for may fail without taking the server along: it is logged. */
function surviveRejections({ fastify }: Server): void {
  // A program with a listener of its own decides itself.
  if (process.listenerCount('unhandledRejection') > 0) return;
  const note = (error: unknown): void =>
    fastify.log.error(
      { err: error },
      'A promise failed that nobody waits for: await it, or catch its error',
    );
  process.on('unhandledRejection', note);
  fastify.server.once('close', () => process.off('unhandledRejection', note));
}

/** An error that nobody caught may have left anything half done: what has begun is answered, then the process ends with 1. */
function closeOnException(server: Server): void {
  // A program with a listener of its own decides itself.
  if (process.listenerCount('uncaughtException') > 0) return;
  const { log, server: http } = server.fastify;
  let closing = false;
  const close = (error: unknown): void => {
    log.fatal(
      { err: error },
      'An error that nobody caught: what has begun is answered, then the process ends',
    );
    if (closing) return;
    closing = true;
    const end = (): void => process.exit(1);
    server.close().then(end, end);
  };
  process.on('uncaughtException', close);
  http.once('close', () => closing || process.off('uncaughtException', close));
}
