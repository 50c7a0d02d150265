import type { Pool } from 'pg';
import { DatabasePool } from '../connection/pool';
import type { DatabaseSettings } from '../opening/options';
import type { ServerDatabase } from '../opening/server-database';
import { TableStore } from './table-store';

/** Connections of each process that the store has for itself. */
export const STORE_CONNECTIONS = 2;

/** The store of an application: the logged table, with the unlogged one for what may be lost. */
export class DatabaseStore extends TableStore implements AsyncDisposable {
  readonly volatile: TableStore;
  readonly #pool: Pool;

  /** @param pool nobody else uses it */
  constructor(pool: Pool) {
    super(pool, 'vivace.store');
    this.volatile = new TableStore(pool, 'vivace.volatile');
    this.#pool = pool;
  }

  /** Deletes what is over in both. */
  override async sweep(): Promise<void> {
    await super.sweep();
    await this.volatile.sweep();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * Opens the store of an application, on connections of its own: what it keeps stays when a request is
 * rolled back, and requests that hold all other connections do not wait for each other here.
 */
export function openStore(
  { url, directUrl }: Pick<ServerDatabase, 'url' | 'directUrl'>,
  { timeouts }: Pick<DatabaseSettings, 'timeouts'>,
): DatabaseStore {
  return new DatabaseStore(
    new DatabasePool({
      urls: [url],
      max: STORE_CONNECTIONS,
      timeouts,
      proxied: url !== directUrl,
      onStatement: () => undefined,
      onBroken: () => undefined,
    }),
  );
}
