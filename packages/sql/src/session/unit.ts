import { DatabaseError } from 'pg';
import { CommitTasks, TasksAtOnce } from './commit-tasks';
import type { OpenDatabase } from './open-database';
import type { Run } from '../rows/statements';
import { SessionClosed } from './session-closed';
import type { SessionConnection } from './session-connection';

/** What a session and the forks of it that nested transactions make have together. */
export class Unit {
  /** What waits for the commit of the transaction. */
  readonly tasks: CommitTasks;
  #isEnded = false;

  constructor(
    readonly database: OpenDatabase,
    readonly connection: SessionConnection,
    /** Undefined where the session lives too long to hold one: in sockets and streams. */
    readonly transaction: object | undefined,
    /** Whether reads give plain rows, which nobody tracks. */
    readonly isPlain: boolean,
    /** Whether it is a reader, which writes nothing. */
    readonly isReader = false,
  ) {
    this.tasks =
      transaction === undefined ? new TasksAtOnce((tasks) => this.ran(tasks)) : new CommitTasks();
  }

  /** Sends a statement in the transaction, or by itself where there is none; it fails with the errors of MikroORM. */
  readonly run: Run = async (statement, read) => {
    this.check();
    try {
      return await this.connection.query(statement, read);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      throw this.database.orm.config.getPlatform().getExceptionConverter().convertException(error);
    }
  };

  /** Whether a transaction, or none, is that of `run`: the unit's, or a savepoint in it. */
  runs(transaction: object | undefined): boolean {
    if (transaction === this.transaction) return true;
    const isPart = transaction !== undefined && 'savepointName' in transaction;
    // A session without a transaction of its own has no part of one.
    return isPart && this.transaction !== undefined;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** @throws SessionClosed after the end */
  check(): void {
    if (this.#isEnded) throw new SessionClosed();
  }

  /** Keeps what was written, and goes on. */
  async commit(): Promise<void> {
    await this.connection.commit();
  }

  /** Runs what has waited for a commit; what fails changes nothing for who has committed. */
  async ran(tasks: CommitTasks): Promise<void> {
    for (const err of await tasks.run())
      this.database.log?.()?.error({ err }, 'What waited for a commit has failed');
  }

  /** Takes back what was written, and goes on. */
  async rollback(): Promise<void> {
    this.tasks.clear();
    try {
      await this.connection.rollback();
    } finally {
      await this.ran(this.tasks);
    }
  }

  end(): void {
    this.#isEnded = true;
    this.connection.close();
  }
}
