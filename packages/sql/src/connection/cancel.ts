import { connect } from 'node:net';
import type { Client } from 'pg';

/** A request to cancel is a connection of its own, which counts in `max_connections`. */
const AT_A_TIME = 2;
/** Milliseconds: a server that does not take it is not waited for. */
const PATIENCE = 3000;
/** By the protocol of PostgreSQL. */
const CANCEL = 80_877_102;

const waiting: (() => void)[] = [];
let running = 0;

/** What `pg` knows of a connection and its types do not say. */
interface Backend extends Client {
  readonly processID: number;
  readonly secretKey: number;
}

/**
 * Ends the statement that a connection is at: the server answers it with the error 57014. It is
 * nothing where the statement has ended by itself.
 */
export async function cancelStatement(client: Client): Promise<void> {
  if (running === AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    await sendCancel(client as Backend);
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function sendCancel({ host, port, processID, secretKey }: Backend): Promise<void> {
  const message = Buffer.alloc(16);
  for (const [index, value] of [16, CANCEL].entries()) message.writeInt32BE(value, index * 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(PATIENCE, () => socket.destroy());
    // The server closes it when it has done so; one that cannot be asked has a limit of its own.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.end(message);
  });
}
