import type { FastifyBaseLogger } from 'fastify';

/** Logs failed promises that nobody waits for. Without this, Node would end the process. */
export function surviveRejections(log: FastifyBaseLogger): void {
  process.on('unhandledRejection', (error) =>
    log.error(
      { err: error },
      'A promise failed that nobody waits for: await it, or catch its error',
    ),
  );
}
