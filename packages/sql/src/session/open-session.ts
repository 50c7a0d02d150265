import { Session } from './session';
import type { OpenDatabase } from './open-database';
import { SessionConnection } from './session-connection';
import { Unit } from './unit';

/** The class that MikroORM makes its managers of: an option of it, `entityManager`. */
export class OpenSession extends Session {
  /** A session of its own; nothing is sent before its first statement. */
  static async open(database: OpenDatabase): Promise<OpenSession> {
    const session = database.orm.em.fork() as OpenSession;
    const transaction = await database.kysely.startTransaction().execute();
    const connection = await transaction.getExecutor().provideConnection(async (each) => each);
    session.setTransactionContext(transaction);
    session.unit = new Unit(database, connection as SessionConnection);
    return session;
  }

  /** Writes what was changed, and keeps it. */
  async close(): Promise<void> {
    await this.flush();
    await this.opened.commit();
  }

  async abandon(): Promise<void> {
    await this.opened.rollback();
  }
}
