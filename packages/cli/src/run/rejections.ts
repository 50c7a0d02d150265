import type { FastifyBaseLogger } from 'fastify';

/** Work that nobody waits for may fail without taking the server along: it is logged. */
export function surviveRejections(log: FastifyBaseLogger): void {
  process.on('unhandledRejection', (error) =>
    log.error(
      { err: error },
      'A promise failed that nobody waits for: await it, or catch its error',
    ),
  );
}
