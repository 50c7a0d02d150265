import type { FastifyReply } from 'fastify';
import type { IncomingMessage } from 'node:http';

/** How much of a body that nobody wants is thrown away, in bytes and milliseconds, before the connection is cut. */
const BYTES = 4 * 1024 * 1024;
const TIME = 1000;

/** An answer ends the connection where its client may still be sending a body that nobody reads. */
export function closeIfUnread(reply: FastifyReply): void {
  const { raw } = reply.request;
  if (raw.complete || raw.readableFlowing === true || !announcesBody(raw)) return;
  reply.header('connection', 'close');
  linger(raw);
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/**
 * Closes our half of a connection with the answer, and the other one a little later.
 *
 * A connection that is closed with something unread is reset, and clients that are still sending then see an error and no answer.
 */
function linger(message: IncomingMessage): void {
  const { socket } = message;
  let size = 0;
  // What Node calls when the last answer of a connection has been written.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), TIME).unref();
    socket.once('close', () => clearTimeout(timer));
    message.once('end', () => socket.destroy());
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BYTES) socket.destroy();
    });
  };
}
