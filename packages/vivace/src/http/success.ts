import type { FastifyBaseLogger } from 'fastify';
import { succeeded, type Succeeding } from '../declare/settling';

/** Tells values, in this order, that what they did is kept: what fails here changes nothing for the client. */
export async function succeed(
  values: Iterable<Succeeding>,
  log: Pick<FastifyBaseLogger, 'error'>,
): Promise<void> {
  for (const value of values) {
    try {
      await value[succeeded]();
    } catch (error) {
      log.error({ err: error }, 'What follows success has failed');
    }
  }
}
