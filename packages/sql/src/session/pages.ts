import type { FindOptions } from '@mikro-orm/core';
import { CursorPage, Page, type CursorQuery, type PageQuery } from 'vivace/responses';
import type { CursorSeal } from './cursor';
import { stepsOf, type Order } from './order';
import type { RowSource } from './row-source';

export interface PageOptions<T, Hint extends string = never> extends FindOptions<T, Hint> {
  /** The columns the page is ordered by; the key is added. */
  order?: Order<T> | readonly Order<T>[];
}

/** @param rows where the items come from */
export async function pageOf<T extends object>(
  rows: RowSource,
  query: PageQuery,
  where: unknown,
  order: string | readonly string[] | undefined,
): Promise<Page<T>> {
  const { size: limit, offset } = query;
  const asked = { where, order: stepsOf(rows.meta, order), limit, offset };
  const items = await rows.find(asked);
  return Page.of(items as T[], await rows.count(where), query);
}

/** @throws RequestValidationError for a cursor that was changed, cut, or made for another list */
export async function cursorPageOf<T extends object>(
  rows: RowSource,
  cursors: CursorSeal,
  { cursor, size }: CursorQuery,
  where: object,
  order: readonly string[],
): Promise<CursorPage<T>> {
  const steps = stepsOf(rows.meta, order);
  const list = cursors.of(rows.meta, steps, where);
  const find = async (one: object) => (await rows.find({ where: one, limit: 1 }))[0];
  const after = cursor === undefined ? where : { $and: [where, await list.after(cursor, find)] };
  // One more says whether another page follows.
  const found = await rows.find({ where: after, order: steps, limit: size + 1 });
  const items = found.slice(0, size);
  const next = found.length > size ? list.cursorOf(items.at(-1)!) : null;
  return Object.assign(new CursorPage<T>(), { items: items as T[], next });
}
