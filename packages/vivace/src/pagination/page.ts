import { Field } from '../declare/field';
import { int } from '../declare/types';

/** The query of a numbered page. */
export class PageQuery {
  // No database has to count further than 32 bits.
  /** The number of the page, from 1 to 10,000,000. */
  @Field({ ge: 1, le: 10_000_000 }) page: int = 1;
  /** How many items a page has, from 1 to 100. */
  @Field({ ge: 1, le: 100 }) size: int = 20;

  /** How many items come before the page. */
  get offset(): int {
    return (this.page - 1) * this.size;
  }
}

/**
 * A numbered page of a list.
 *
 * @example return Page.of(await db.items(query.offset, query.size), await db.count(), query);
 */
export class Page<T> {
  /** The items of this page. */
  items!: T[];
  /** How many items there are on all pages. */
  total!: int;
  /** The number of this page. */
  page!: int;
  /** How many items a page has. */
  size!: int;
  /** How many pages there are. */
  pages!: int;

  /**
   * Makes the page that a query asked for.
   *
   * @param items the items of this page
   * @param total how many there are on all pages
   * @param query the query that asked for the page
   */
  static of<T>(items: readonly T[], total: int, { page, size }: PageQuery): Page<T> {
    return Object.assign(new Page<T>(), {
      items: [...items],
      total,
      page,
      size,
      pages: Math.ceil(total / size),
    });
  }
}
