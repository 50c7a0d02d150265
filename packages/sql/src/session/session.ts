import type {
  EntityName,
  FilterQuery,
  FindOneOptions,
  FindOptions,
  ForkOptions,
  Loaded,
} from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { HTTPException } from 'vivace';
import type { CursorPage, CursorQuery, Page, PageQuery } from 'vivace/responses';
import { checkRow } from '../entities/checks';
import { fittedWhere } from '../entities/fitted-where';
import type { Order } from './order';
import { cursorPageOf, pageOf, type PageOptions } from './pages';
import { tableOf } from '../entities/schema';
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
export abstract class Session extends EntityManager {
  /** Of the session, and of the forks that nested transactions make of it. */
  protected unit: Unit | undefined;

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
  page<T extends object, Hint extends string = never>(
    entity: Entity<T>,
    query: PageQuery,
    where: FilterQuery<NoInfer<T>> = {},
    options: PageOptions<NoInfer<T>, Hint> = {},
  ): Promise<Page<Loaded<T, Hint>>> {
    return pageOf<T, Hint>(this, entity, query, where, options);
  }

  /**
   * The page after a cursor, ordered by `order` and then by the key; null is last. The cursor is sealed
   * with the entity, the order and the filter.
   *
   * @throws RequestValidationError for a cursor that was changed, cut or made for another list
   */
  cursorPage<T extends object, Hint extends string = never>(
    entity: Entity<T>,
    query: CursorQuery,
    order: readonly Order<NoInfer<T>>[],
    where: FilterQuery<NoInfer<T>> = {},
    options: FindOptions<NoInfer<T>, Hint> = {},
  ): Promise<CursorPage<Loaded<T, Hint>>> {
    const { cursors } = this.opened.database;
    return cursorPageOf<T, Hint>(this, cursors, entity, query, order, where, options);
  }

  /** Runs after the commit, never after a rollback. */
  afterCommit(task: () => unknown): void {
    this.opened.after(task);
  }

  override fork(options?: ForkOptions): this {
    const fork = super.fork(options);
    (fork as Session).unit = this.unit;
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

  protected override processWhere<T extends object>(
    entity: EntityName<T>,
    where: FilterQuery<T>,
    ...rest: [never, never]
  ): Promise<FilterQuery<T>> {
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

function sentOf(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
