import type { Pool } from 'pg';
import {
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type ControlledTransaction,
  type TransactionSettings,
} from 'kysely';
import { SessionConnection } from './session-connection';

/** A transaction as MikroORM and kysely hold one; nothing is sent before its first statement. */
export type SessionTransaction = ControlledTransaction<unknown>;

/** Opens transactions over a pool, whose connections are those of sessions. */
export function sessionKysely(pool: Pool): Kysely<unknown> {
  return new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new SessionDriver(pool),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

class SessionDriver extends PostgresDriver {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override async acquireConnection(): Promise<SessionConnection> {
    return new SessionConnection(this.#pool);
  }
  override async beginTransaction(
    connection: SessionConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    connection.prepare(settings);
  }
  override async commitTransaction(connection: SessionConnection): Promise<void> {
    await connection.commit();
  }
  override async rollbackTransaction(connection: SessionConnection): Promise<void> {
    await connection.rollback();
  }
  /** The transaction gave its connection back when it ended. */
  override async releaseConnection(): Promise<void> {}
  /** The pool is closed by who opened it. */
  override async destroy(): Promise<void> {}
}
