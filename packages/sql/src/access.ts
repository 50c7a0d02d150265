import type { Pool } from 'pg';

/**
 * The open database below its sessions, injected by its type: for packages that keep something of
 * their own in it, such as jobs.
 *
 * @example
 * const tables = dependency({ database: DatabaseAccess }, ({ database }) => database.pool.query('select 1'));
 */
export abstract class DatabaseAccess {
  /** Its address, for connections of one's own: those that listen go past a proxy of connections. */
  abstract readonly url: string;
  /** The connections of sessions. Each statement is a transaction of its own. */
  abstract readonly pool: Pool;
}
