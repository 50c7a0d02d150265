import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { readAddress } from './address';
import type { Outcome } from './messages';

/** Milliseconds in which a supervisor has to greet: a foreign program at its old port never does. */
const GREETING = 2000;

/** A connection that holds a service. */
export interface Joined {
  readonly env: Readonly<Record<string, string>>;
  /** Settles when the supervisor is gone, or has let this connection go. */
  readonly closed: Promise<unknown>;
  /** Says that this side needs the service no longer. */
  leave(): void;
}

/**
 * Joins those who hold a service, and waits until it has started.
 *
 * @returns undefined where no supervisor is
 * @throws what kept the service from starting
 */
export async function join(folder: string): Promise<Joined | undefined> {
  const address = readAddress(folder);
  if (address === undefined) return undefined;
  const socket = connect({ host: '127.0.0.1', port: address.port, allowHalfOpen: true });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.write(`${address.greeting}\n`);
  const nextLine = linesOf(socket);
  socket.setTimeout(GREETING, () => socket.destroy());
  const isSupervisor = (await nextLine()) === address.answer;
  socket.setTimeout(0);
  const said = isSupervisor ? await nextLine() : undefined;
  if (said === undefined) return void socket.destroy();
  const outcome = JSON.parse(said) as Outcome;
  if ('error' in outcome) {
    socket.destroy();
    throw new Error(outcome.error);
  }
  socket.on('end', () => socket.destroy());
  socket.unref();
  return { env: outcome.env, closed, leave: () => void socket.ref().end() };
}

/** Gives one line after the other; undefined where the connection has ended or failed. */
function linesOf(socket: Socket): () => Promise<string | undefined> {
  const lines = createInterface({ input: socket });
  socket.once('close', () => lines.close());
  const all = lines[Symbol.asyncIterator]();
  return () =>
    all.next().then(
      ({ value }: IteratorResult<string, undefined>) => value,
      () => undefined,
    );
}
