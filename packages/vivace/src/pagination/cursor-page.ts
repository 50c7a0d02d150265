import { Field } from '../declare/field';
import type { Json } from '../declare/json';
import { int } from '../declare/types';

/** The query of a page after a cursor of at most 1024 characters: `size` from 1 to 100. */
export class CursorQuery {
  /** What the page before gave as `next`; left out for the first page. */
  @Field({ maxLength: 1024 }) cursor?: string;
  @Field({ ge: 1, le: 100 }) size: int = 20;
}

/**
 * A page with the cursor of the next one.
 *
 * @example
 * const rows = await db.after(query.cursor, query.size);
 * return CursorPage.of(rows, query, row => row.id);
 */
export class CursorPage<T> {
  items!: T[];
  next!: string | null;

  /**
   * @param items those after the cursor; fewer than `size` say that no page follows, more are cut
   * @param query the query that asked for the page
   * @param key what the next page comes after: text is the cursor as it is, any other value its JSON
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
