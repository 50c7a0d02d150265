import type { Pool } from 'pg';

/**
 * The open database below its sessions, injected by its type: for packages that keep something of
 * their own in it, such as jobs.
 *
 * @example
 * const tables = dependency({ database: DatabaseAccess }, ({ database }) => database.pool.query('select 1'));
 */
export abstract class DatabaseAccess {
  /** The address of the server itself, past a proxy of connections: for what listens. */
  abstract readonly directUrl: string;
  /** The connections of sessions. Each statement is a transaction of its own. */
  abstract readonly pool: Pool;
  /**
   * Listens to a channel of `notify` on a connection of its own, which is made anew when it breaks:
   * what is notified meanwhile is not heard, so look by yourself from time to time.
   */
  abstract readonly listen: (
    channel: string,
    heard: (payload: string) => void,
  ) => Promise<AsyncDisposable>;
}
