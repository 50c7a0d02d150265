import type { FastifyBaseLogger } from 'fastify';
import type { Dependency } from 'vivace';
import type { Database } from './database';
import type { DatabaseOptions, DatabaseSettings } from './opening/options';
import type { ServerDatabase } from './opening/server-database';

/** What commands and tests know of a database, and programs do not. */
export interface Internals {
  readonly options: DatabaseOptions;
  readonly settings: DatabaseSettings;
  readonly opened: Dependency<ServerDatabase>;
  /** That of the server that was built last. */
  readonly log: () => FastifyBaseLogger | undefined;
}

/** Of all databases of the program, in the order in which they are made. */
export const internals = new Map<Database, Internals>();
