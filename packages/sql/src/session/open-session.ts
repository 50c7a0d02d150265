import type { TransactionOptions as LibraryOptions } from '@mikro-orm/core';
import { beforeBody, settle, succeeded } from 'vivace/extend';
import { CommitTasks } from './commit-tasks';
import type { OpenDatabase } from './open-database';
import { Session } from './session';
import { SessionConnection } from './session-connection';
import { SessionTransaction } from './session-transaction';
import { readAgain } from './tracking';
import type { Repeatable, TransactionOptions } from './transaction';
import { Unit } from './unit';

/** What a session is opened for. */
export interface Opening {
  /** Whether its reads give plain rows, which nobody tracks. */
  readonly isPlain?: boolean;
  /** Whether it may live for long: it then holds no transaction by itself. */
  readonly lasts?: boolean;
  readonly transaction?: TransactionOptions | undefined;
}

/** The class that MikroORM makes its managers of: an option of it, `entityManager`. */
export class OpenSession extends Session implements Repeatable {
  readonly #eachRun: (() => Promise<unknown>)[] = [];
  /** Statements that these have changed something by. */
  #ofEachRun = 0;

  /** A session of its own, for work outside of operations. */
  static open(database: OpenDatabase, opening: Opening = {}): OpenSession {
    return OpenSession.of(database).open(database, opening);
  }

  /** A session of its own that is not open yet. */
  static of({ orm }: OpenDatabase): OpenSession {
    return orm.em.fork() as OpenSession;
  }

  /** Nothing is sent before the first statement. */
  open(
    database: OpenDatabase,
    { isPlain = false, lasts = false, transaction }: Opening = {},
  ): this {
    const connection = new SessionConnection(database.pool, transaction, !lasts, database.notices);
    return this.#hold(database, connection, { isPlain, lasts });
  }

  /** It only reads, from a replica where there is one. */
  openReader(database: OpenDatabase): this {
    const connection = new SessionConnection(database.readers, {}, false);
    return this.#hold(database, connection, { isPlain: true, isReader: true });
  }

  /** Keeps what guards have written, and gives the connection back: who sends a body may be slow. */
  async [beforeBody](): Promise<void> {
    await this.#flushTracked();
    await this.opened.tasks.write(this);
    await this.opened.commit();
  }

  /** Writes what was changed, before the answer is made of it. */
  async [settle](): Promise<void> {
    await this.#flushTracked();
  }

  /** Keeps what was written. */
  async close(): Promise<void> {
    const { opened } = this;
    await this.#flushTracked();
    await opened.tasks.write(this);
    opened.end();
    await opened.commit();
  }

  /** Takes back what was written. */
  async abandon(): Promise<void> {
    this.opened.end();
    await this.opened.rollback();
  }

  async [succeeded](): Promise<void> {
    const failures = await this.opened.tasks.run();
    if (failures.length > 0)
      throw new AggregateError(failures, 'What waited for the commit failed.');
  }

  /** What was changed before is no part of it, and rows are as they were where it is taken back. */
  override async transactional<T>(
    work: (em: this) => T | Promise<T>,
    options?: LibraryOptions,
  ): Promise<T> {
    const here = this.getContext();
    await here.#flushTracked();
    try {
      return await super.transactional(work, options);
    } catch (error) {
      // That of no request has no unit, and begins with the database as it is.
      if (here.unit?.isEnded === false) await readAgain(here);
      throw error;
    }
  }

  /** A transaction has begun in this one, or beside it. */
  beginTasks(): void {
    if (this.unit !== undefined) this.tasks = new CommitTasks(this.tasksHere());
  }

  /** It ends; as a savepoint it is part of the one around it, which writes later. */
  async writeTasks(isPart: boolean): Promise<void> {
    if (!isPart) await this.tasks?.write(this);
  }

  /** It has ended; taken back, it leaves nothing. */
  async endTasks(isKept: boolean, isPart: boolean): Promise<void> {
    const ended = this.tasks;
    this.tasks = ended?.outer;
    this.isOver = true;
    if (ended?.outer === undefined) return;
    if (!isKept) ended.clear();
    if (isPart) ended.handOver(ended.outer);
    else await this.opened.ran(ended);
  }

  /** Ends the statement that runs, and refuses others: nobody waits for them any more. */
  abort(reason: unknown): void {
    this.opened.connection.abort(reason);
  }

  /** Writes and keeps what was done, and goes on. */
  async keep(): Promise<void> {
    await this.flush();
    await this.opened.tasks.write(this);
    await this.opened.commit();
    await this.opened.ran(this.opened.tasks);
  }

  async isRepeatable(): Promise<boolean> {
    await this.#flushTracked();
    const { connection, tasks } = this.opened;
    return connection.changes === this.#ofEachRun && tasks.isEmpty;
  }

  /** Takes it back and forgets it, but for what each run begins with. */
  async restart(): Promise<void> {
    await this.opened.rollback();
    this.clear();
    for (const task of this.#eachRun) await task();
  }

  override async eachRun(task: () => Promise<unknown>): Promise<void> {
    const { connection } = this.opened;
    const before = connection.changes;
    await task();
    this.#ofEachRun += connection.changes - before;
    this.#eachRun.push(task);
  }

  /** After its end nothing is left to wait for. */
  override isInTransaction(): boolean {
    return this.unit?.isEnded !== true && super.isInTransaction();
  }

  isPending(): boolean {
    if (!this.isInTransaction()) return false;
    const here = this.getContext();
    return here !== this || this.opened.connection.hasBegun || here.isTracking();
  }

  afterEnd(task: () => unknown): void {
    this.getContext().tasksHere().end(task);
  }

  /** Writes what was changed, and says whether a transaction is held. */
  async hasBegun(): Promise<boolean> {
    if (!this.isInTransaction()) return false;
    const here = this.getContext();
    await here.#flushTracked();
    return here !== this || this.opened.connection.hasBegun;
  }

  protected override byLibrary(entity: string): void {
    this.opened.database.notices?.byLibrary(entity);
  }

  /** Nothing has to be written where nothing was tracked. */
  async #flushTracked(): Promise<void> {
    if (this.isTracking()) await this.flush();
  }

  #hold(
    database: OpenDatabase,
    connection: SessionConnection,
    { isPlain, lasts = false, isReader = false }: Holding,
  ): this {
    const transaction = lasts ? undefined : new SessionTransaction(connection);
    if (transaction !== undefined) this.setTransactionContext(transaction);
    this.isInjected = true;
    this.unit = new Unit(database, connection, transaction, isPlain, isReader);
    return this;
  }
}

interface Holding {
  readonly isPlain: boolean;
  readonly lasts?: boolean;
  readonly isReader?: boolean;
}
