import type { FastifyBaseLogger } from 'fastify';
import type { DatabaseSettings } from '../opening/options';
import type { ServerDatabase } from '../opening/server-database';
import { CHANNEL, DatabaseRooms } from './database-rooms';
import { openListener } from './open-listener';

/**
 * Opens the rooms of an application: one connection that listens and sends, past a proxy of
 * connections.
 *
 * @throws DatabaseDown
 */
export async function openRooms(
  { directUrl }: Pick<ServerDatabase, 'directUrl'>,
  settings: Pick<DatabaseSettings, 'timeouts'>,
  log: () => FastifyBaseLogger | undefined,
): Promise<DatabaseRooms & AsyncDisposable> {
  const listener = await openListener(directUrl, settings, 'vivace rooms', {
    channel: CHANNEL,
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
