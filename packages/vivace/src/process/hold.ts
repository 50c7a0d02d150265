import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Reads nothing from the connections of a server, until it is disposed. Meanwhile the event loop is
 * free to take new connections at once, and clients that wait for an answer do not open more.
 *
 * @param connected the connections that are open
 * @param onConnection called for each new one
 */
export function holdRequests(
  server: Server,
  connected: Iterable<Socket>,
  onConnection: () => void,
): Disposable {
  const held = new Set<Socket>();
  const hold = (socket: Socket): void => {
    if (socket.isPaused()) return;
    held.add(socket.pause());
  };
  const take = (socket: Socket): void => {
    onConnection();
    // Node starts to read from a new connection in the next tick.
    process.nextTick(hold, socket);
  };
  for (const socket of connected) hold(socket);
  server.on('connection', take);
  return {
    [Symbol.dispose]() {
      server.off('connection', take);
      for (const socket of held) socket.resume();
    },
  };
}
