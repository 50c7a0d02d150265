import type { FilterQuery, FindOneOptions, FindOptions, Loaded } from '@mikro-orm/core';
import type { Page, PageQuery } from 'vivace/responses';
import type { PageOptions } from './pages';
import { Session } from './session';

/** Queries of one entity. */
export interface RepositoryOf<T extends object> {
  readonly db: Session;
  /** @throws HTTPException 404 where there is no row */
  get<Hint extends string = never>(
    where: FilterQuery<T>,
    options?: FindOneOptions<T, Hint>,
  ): Promise<Loaded<T, Hint>>;
  find<Hint extends string = never>(
    where?: FilterQuery<T>,
    options?: FindOptions<T, Hint>,
  ): Promise<Loaded<T, Hint>[]>;
  page<Hint extends string = never>(
    query: PageQuery,
    where?: FilterQuery<T>,
    options?: PageOptions<T, Hint>,
  ): Promise<Page<Loaded<T, Hint>>>;
  add(data: Partial<T>): T;
  change(row: T, data: Partial<T>): T;
  remove(row: T): void;
}

/**
 * A class to extend for the queries of one entity.
 *
 * @example
 * @Injectable()
 * class Users extends Repository(User) {
 *   byEmail(email: string) { return this.get({ email }); }
 * }
 */
export function Repository<T extends object>(
  entity: new () => T,
): abstract new (db: Session) => RepositoryOf<T> {
  abstract class EntityRepository implements RepositoryOf<T> {
    constructor(readonly db: Session) {}

    get<Hint extends string = never>(where: FilterQuery<T>, options?: FindOneOptions<T, Hint>) {
      return this.db.get<T, Hint>(entity, where as FilterQuery<NoInfer<T>>, options);
    }
    find<Hint extends string = never>(where: FilterQuery<T> = {}, options?: FindOptions<T, Hint>) {
      // The types of the library differ here by a conditional type only.
      return this.db.find<T, Hint>(entity, where as never, options as never);
    }
    page<Hint extends string = never>(
      query: PageQuery,
      where?: FilterQuery<T>,
      options?: PageOptions<T, Hint>,
    ) {
      return this.db.page<T, Hint>(entity, query, where as FilterQuery<NoInfer<T>>, options);
    }
    add(data: Partial<T>): T {
      return this.db.add<T>(entity, data);
    }
    change(row: T, data: Partial<T>): T {
      return this.db.change<T>(row, data);
    }
    remove(row: T): void {
      this.db.remove(row);
    }
  }
  return EntityRepository;
}
