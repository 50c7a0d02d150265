import type { FastifyReply } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bytes of a body that nobody wants which are read and dropped, so that its connection can be used again. */
const DROPPED = 64 * 1024;
/** How much is thrown away, in bytes and milliseconds, before a connection is cut that is closed with its answer. */
const BYTES = 4 * 1024 * 1024;
const TIME = 1000;

/**
 * Sees to a body that nobody has read to its end. A small one is dropped as it arrives, within the time that a request has; for a large
 * one the answer ends the connection.
 */
export function dropUnread(reply: FastifyReply): void {
  const { raw } = reply.request;
  const { headers } = raw;
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) return;
  if (raw.complete || raw.readableFlowing === true || length === '0') return;
  // A client that was not told to go on may keep its body, or send it all the same.
  if (headers.expect === undefined && Number(length ?? 0) <= DROPPED) return drop(raw, reply.raw);
  reply.header('connection', 'close');
  // What Node calls when the last answer of a connection has been written.
  raw.socket.destroySoon = () => close(raw);
}

function drop(message: IncomingMessage, response: ServerResponse): void {
  let size = 0;
  const count = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= DROPPED) return;
    message.off('data', count).pause();
    // The head may have said already that the connection is kept.
    if (response.writableFinished) close(message);
    else response.once('finish', () => close(message));
  };
  message.on('data', count).resume();
}

/**
 * Closes our half of a connection, and the other one a little later.
 *
 * A connection that is closed with something unread is reset, and clients that are still sending then see an error and no answer.
 */
function close(message: IncomingMessage): void {
  const { socket } = message;
  let size = 0;
  socket.end();
  const timer = setTimeout(() => socket.destroy(), TIME).unref();
  socket.once('close', () => clearTimeout(timer));
  message.once('end', () => socket.destroy());
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > BYTES) socket.destroy();
  });
}
