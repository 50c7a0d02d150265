import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const WAITING = Symbol('vivace.waiting');
/** A connection that counts the requests that wait for their turn. */
type Waiting = Socket & { [WAITING]?: number };

/**
 * Has a request of a connection begun when the one before it is answered. A client may send many at once, and Node would begin all of
 * them; while some wait, no more are read.
 */
export function beginInTurn(server: Server): void {
  const listeners = server.listeners('request');
  const begin: Listener = (request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  };
  server.removeAllListeners('request').on('request', (request, response) => {
    // A response has its connection when its turn has come.
    if (response.socket !== null) return begin(request, response);
    const socket = request.socket;
    wait(socket);
    response.once('socket', () =>
      process.nextTick(() => {
        proceed(socket);
        begin(request, response);
      }),
    );
  });
}

function wait(socket: Waiting): void {
  const waiting = socket[WAITING] ?? 0;
  if (waiting === 0) socket.on('resume', pause).pause();
  socket[WAITING] = waiting + 1;
}

function proceed(socket: Waiting): void {
  const waiting = socket[WAITING]! - 1;
  socket[WAITING] = waiting;
  if (waiting === 0) socket.off('resume', pause).resume();
}

/** Node resumes a connection with each answer. */
function pause(this: Socket): void {
  this.pause();
}
