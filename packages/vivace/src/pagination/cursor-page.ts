import { Field } from '../declare/field';
import type { Json } from '../declare/json';
import { int } from '../declare/types';

/** The query of a page after a cursor. */
export class CursorQuery {
  /** The `next` of the page before, at most 1024 characters; left out for the first page. */
  @Field({ maxLength: 1024 }) cursor?: string;
  /** How many items a page has, from 1 to 100. */
  @Field({ ge: 1, le: 100 }) size: int = 20;
}

/**
 * A page of a list, with the cursor of the next page.
 *
 * @example
 * const rows = await db.after(query.cursor, query.size);
 * return CursorPage.of(rows, query, row => row.id);
 */
export class CursorPage<T> {
  /** The items of this page. */
  items!: T[];
  /** The cursor of the next page; null: this is the last one. */
  next!: string | null;

  /**
   * Makes the page that a query asked for.
   *
   * @param items the items after the cursor: fewer than `size` say that no page follows, and of more the rest is cut
   * @param query the query that asked for the page
   * @param key gives what the next page comes after: a text is the cursor itself, of any other value it is the JSON
   */
  static of<T>(items: readonly T[], { size }: CursorQuery, key: (item: T) => Json): CursorPage<T> {
    const shown = items.slice(0, size);
    const next = shown.length < size ? null : cursorText(key(shown.at(-1)!));
    return Object.assign(new CursorPage<T>(), { items: shown, next });
  }
}

function cursorText(key: Json): string {
  return typeof key === 'string' ? key : JSON.stringify(key);
}
