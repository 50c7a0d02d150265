import type { FastifyBaseLogger } from 'fastify';
import { statementClient } from '../connection/client';
import { limitsOf } from '../connection/pool';
import type { DatabaseSettings } from '../opening/options';
import type { ServerDatabase } from '../opening/server-database';
import { CHANNEL, DatabaseRooms } from './database-rooms';
import { Listener } from './listener';

/** Milliseconds without a word after which the system asks whether the server is there. */
const SILENCE = 10_000;

/**
 * Opens the rooms of an application: one connection that listens and sends, past a proxy of
 * connections.
 *
 * @throws DatabaseDown
 */
export async function openRooms(
  { directUrl }: Pick<ServerDatabase, 'directUrl'>,
  { timeouts }: Pick<DatabaseSettings, 'timeouts'>,
  log: () => FastifyBaseLogger | undefined,
): Promise<DatabaseRooms & AsyncDisposable> {
  const ListeningClient = statementClient([directUrl], () => undefined);
  const listener = await Listener.open({
    channel: CHANNEL,
    patience: timeouts.connect,
    connection: () =>
      new ListeningClient({
        application_name: 'vivace rooms',
        connectionTimeoutMillis: timeouts.connect,
        keepAlive: true,
        keepAliveInitialDelayMillis: SILENCE,
        ...limitsOf(timeouts),
      }),
    onNotification: (payload) => rooms.hear(payload),
    onBroken: () => {
      rooms.forget();
      log()?.warn('The connection of rooms to the database broke: what is sent now is missed');
    },
  });
  const rooms = new DatabaseRooms(listener, (error) =>
    log()?.warn({ err: error }, 'A message of a room was not given on'),
  );
  return Object.assign(rooms, { [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() });
}
