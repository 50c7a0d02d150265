import type { FastifyBaseLogger } from 'fastify';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { endArrival } from './body/reading';
import { latestOn } from './connection';

/**
 * Gives up clients of whom nothing moves while they are waited for: those that take nothing of an answer, and those that send nothing of
 * a body. A stream that is silent for a while is none of them.
 *
 * @param milliseconds after which Node tells that nothing has moved on a connection
 */
export function giveUpStalled(server: Server, milliseconds: number, log: FastifyBaseLogger): void {
  if (milliseconds === 0) return;
  server.setTimeout(milliseconds, (socket: Socket) => {
    const response = latestOn(socket);
    if (socket.writableLength > 0) {
      log.info({ waiting: socket.writableLength }, 'A client takes nothing of its answer');
      socket.destroy();
    } else if (response === undefined || response.writableFinished) {
      // Nobody answers here: the time for idle connections is up. One that has never asked has the time for headers.
      if (socket.bytesWritten > 0) socket.destroy();
    } else if (!endArrival(response.req)) {
      socket.setTimeout(milliseconds);
    }
  });
}
