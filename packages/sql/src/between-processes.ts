import type { FastifyBaseLogger } from 'fastify';
import { dependency, type Dependency } from 'vivace';
import type { Extension } from 'vivace/extend';
import type { DatabaseSettings } from './opening/options';
import type { ServerDatabase } from './opening/server-database';
import { openRooms } from './rooms/open-rooms';
import { openStore } from './store/database-store';
import { sweeping } from './store/sweeping';

/** What all processes of an application see of each other, by their database. */
export function betweenProcesses(
  opened: Dependency<ServerDatabase>,
  settings: DatabaseSettings,
  log: () => FastifyBaseLogger | undefined,
): Required<Pick<Extension, 'store' | 'rooms' | 'work'>> {
  const store = dependency(
    { opened },
    async function* ({ opened }) {
      await using store = openStore(opened, settings);
      yield store;
    },
    { lifetime: 'singleton' },
  );
  const rooms = dependency(
    { opened },
    async function* ({ opened }) {
      await using rooms = await openRooms(opened, settings, log);
      yield rooms;
    },
    { lifetime: 'singleton' },
  );
  return { store, rooms, work: async (host) => sweeping(host.get(store), host.log) };
}
