import {
  TransactionContext,
  type EntityName,
  type FilterQuery,
  type FindOneOptions,
  type FindOptions,
  type ForkOptions,
  type Loaded,
  type NativeInsertUpdateOptions,
  type Primary,
  type RequiredEntityData,
} from '@mikro-orm/core';
import { HTTPException } from 'vivace';
import type { CursorPage, CursorQuery, Page, PageQuery } from 'vivace/responses';
import { checkRow } from '../entities/checks';
import { fittedWhere } from '../entities/fitted-where';
import type { CommitTasks, CommitWriter } from './commit-tasks';
import type { Order } from './order';
import { cursorPageOf, pageOf, type PageOptions, type Source } from './pages';
import { PlainReads } from './plain-reads';
import { insertOf, patchOf } from './row-changes';
import { tableOf } from '../entities/schema';
import type { Run } from '../rows/statements';
import { sentOf } from './sent';
import { renew, tracks } from './tracking';
import type { Unit } from './unit';

type Entity<T> = new () => T;

/**
 * The unit of work of a request, a job or a message, injected by its type: the `EntityManager` of
 * MikroORM, and what programs ask for most. The first write begins a transaction, which is committed
 * before the answer is sent and rolled back if the handler throws.
 *
 * @example
 * constructor(private readonly db: Session) {}
 */
export abstract class Session extends PlainReads {
  /** Of the session, and of the forks that nested transactions make of it. */
  protected unit: Unit | undefined;
  /** What waits for the commit of a nested transaction. */
  protected tasks: CommitTasks | undefined;
  /** Whether it was injected, as no fork is, and whether the nested transaction of a fork has ended. */
  protected isInjected = false;
  protected isOver = false;

  /**
   * The row.
   *
   * @param options.lockMode holds it until the end of the transaction
   * @throws HTTPException 404, `Hero not found`
   */
  async get<T extends object, Hint extends string = never>(
    entity: Entity<T>,
    where: FilterQuery<NoInfer<T>>,
    options: FindOneOptions<NoInfer<T>, Hint> = {},
  ): Promise<Loaded<T, Hint>> {
    const row = await this.findOne(entity, where, options);
    if (row === null) throw new HTTPException(404, `${entity.name} not found`);
    return row as Loaded<T, Hint>;
  }

  /**
   * A new row, written at the next flush or at the end.
   *
   * @throws RequestValidationError where a value breaks a rule of its field
   */
  add<T extends object>(entity: Entity<T>, data: NoInfer<Partial<T>>): T {
    this.unit?.check();
    checkRow(entity, data);
    return this.create(entity, data as never) as T;
  }

  /**
   * Takes over the fields that were sent, as PATCH does: absent ones stay, null clears.
   *
   * @throws RequestValidationError where a value breaks a rule of its field
   */
  change<T extends object>(row: T, data: NoInfer<Partial<T>>): T {
    this.unit?.check();
    const sent = sentOf(data);
    checkRow(row.constructor, sent);
    this.assign(row, sent as never);
    return row;
  }

  /** A page, counted in the same transaction; its order ends with the key. */
  async page<T extends object, Hint extends string = never>(
    entity: Entity<T>,
    query: PageQuery,
    where: FilterQuery<NoInfer<T>> = {},
    { order, ...options }: PageOptions<NoInfer<T>, Hint> = {},
  ): Promise<Page<Loaded<T, Hint>>> {
    return pageOf(this.#source(entity, options), query, where, order);
  }

  /**
   * The page after a cursor, ordered by `order` and then by the key; null is last. The cursor is sealed
   * with the entity, the order and the filter.
   *
   * @throws RequestValidationError for a cursor that was changed, cut or made for another list
   */
  async cursorPage<T extends object, Hint extends string = never>(
    entity: Entity<T>,
    query: CursorQuery,
    order: readonly Order<NoInfer<T>>[],
    where: FilterQuery<NoInfer<T>> = {},
    options: FindOptions<NoInfer<T>, Hint> = {},
  ): Promise<CursorPage<Loaded<T, Hint>>> {
    const { cursors } = this.opened.database;
    return cursorPageOf(this.#source(entity, options), cursors, query, where, order);
  }

  /**
   * One `insert … returning`, at once. The row is not tracked.
   *
   * @throws RequestValidationError where a value breaks a rule of its field
   */
  override insert<T extends object>(entity: Entity<T>, data: NoInfer<Partial<T>>): Promise<T>;
  // As the library has it: it gives the key.
  override insert<T extends object>(
    entity: EntityName<T> | T,
    data?: NoInfer<RequiredEntityData<T> | T>,
    options?: NativeInsertUpdateOptions<T>,
  ): Promise<Primary<T>>;
  override async insert<T extends object>(
    entity: EntityName<T> | T,
    data?: object,
    options?: NativeInsertUpdateOptions<T>,
  ): Promise<unknown> {
    this.unit?.check();
    if (typeof entity !== 'function' || data === undefined || options !== undefined)
      return super.insert(entity, data as never, options);
    checkRow(entity, data);
    return insertOf(this, entity as Entity<object>, data, await this.#flushedRun());
  }

  /**
   * One `update … returning`: absent fields stay, null clears. The row is not tracked.
   *
   * @param options.version what the version of the row has to be
   * @throws HTTPException 404 where there is no row, 409 where its version is another one
   * @throws RequestValidationError where a value breaks a rule of its field
   */
  async patch<T extends object>(
    entity: Entity<T>,
    where: FilterQuery<NoInfer<T>>,
    change: NoInfer<Partial<T>>,
    { version }: { version?: number } = {},
  ): Promise<T> {
    this.unit?.check();
    const sent = sentOf(change);
    checkRow(entity, sent);
    const row = await patchOf<T>(this, entity, { where, sent, version }, await this.#flushedRun());
    if (this.isTracking()) await renew(this, entity, row);
    return row;
  }

  /** Runs after the commit, never after a rollback; at once in a socket outside of `transactional`. */
  afterCommit(task: () => unknown): void {
    this.getContext().tasksHere().after(task);
  }

  /**
   * Has something written with the commit, after the last flush: for packages that keep something of
   * their own in the transaction. What a nested transaction takes back is not written.
   *
   * @param write gets all items of the transaction at once, in their order, and the session that it ends
   * @throws TypeError where there is no transaction, as in a socket outside of `transactional`
   */
  beforeCommit<T>(write: CommitWriter<T>, item: T): void {
    this.getContext().tasksHere().before(write, [item]);
  }

  /** Does something now and where `@Transaction({ retries })` begins anew: for packages. */
  abstract eachRun(task: () => Promise<unknown>): Promise<void>;

  override async flush(): Promise<void> {
    if (this.unit?.isReader === true)
      throw new TypeError('A Reader writes nothing: take a Session.');
    await super.flush();
  }

  override fork(options?: ForkOptions): this {
    const fork = super.fork(options);
    (fork as Session).unit = this.unit;
    (fork as Session).tasks = this.tasks;
    return fork;
  }

  override persist<T extends object>(entity: T | Iterable<T>): this {
    this.unit?.check();
    return super.persist(entity);
  }

  override remove<T extends object>(entity: T | Iterable<T>): this {
    this.unit?.check();
    return super.remove(entity);
  }

  protected override async plainRun(): Promise<Run | undefined> {
    return this.unit?.isPlain === true ? this.#flushedRun() : undefined;
  }

  /** What was changed before is written before it. */
  async #flushedRun(): Promise<Run | undefined> {
    if (this.getContext().isTracking()) await this.flush();
    const { unit } = this;
    return unit?.runs(this.getTransactionContext()) === true ? unit.run : undefined;
  }

  /** Whether there is anything that could have to be written. */
  protected isTracking(): boolean {
    return this.unit?.isReader !== true && tracks(this);
  }

  protected tasksHere(): CommitTasks {
    this.opened.check();
    return this.tasks ?? this.opened.tasks;
  }

  /** In `transactional` the session of that transaction, so that what is asked of the injected one is part of it too. */
  override getContext(): this {
    if (!this.isInjected) return this;
    const nested = TransactionContext.getEntityManager(this.name);
    const isPart = nested instanceof Session && nested.unit === this.unit && !nested.isOver;
    return isPart ? (nested as this) : this;
  }

  #source(entity: Entity<object>, options: object): Source {
    return { em: this, meta: this.getMetadata(entity), options };
  }

  protected override processWhere<T extends object>(
    entity: EntityName<T>,
    where: FilterQuery<T>,
    ...rest: [never, never]
  ): Promise<FilterQuery<T>> {
    this.unit?.check();
    const fitted = fittedWhere(tableOf(entity as object), where) as FilterQuery<T>;
    return super.processWhere(entity, fitted, ...rest);
  }

  /** @throws TypeError for the manager that MikroORM begins with, which belongs to no request */
  protected get opened(): Unit {
    if (this.unit === undefined)
      throw new TypeError('This is the EntityManager of no request: inject a Session.');
    return this.unit;
  }
}
