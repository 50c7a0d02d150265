import type { FilterQuery, FindOptions, Loaded } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CursorPage, Page, type CursorQuery, type PageQuery } from 'vivace/responses';
import type { CursorSeal } from './cursor';
import { orderBy, stepsOf, type Order } from './order';

export interface PageOptions<T, Hint extends string = never> extends FindOptions<T, Hint> {
  /** The columns the page is ordered by; the key is added. */
  order?: Order<T> | readonly Order<T>[];
}

export async function pageOf<T extends object, Hint extends string>(
  em: EntityManager,
  entity: new () => T,
  query: PageQuery,
  where: object,
  { order, ...options }: PageOptions<T, Hint>,
): Promise<Page<Loaded<T, Hint>>> {
  const [rows, total] = await em.findAndCount(entity, where as FilterQuery<T>, {
    ...options,
    orderBy: orderBy<T>(stepsOf(em.getMetadata(entity), order)),
    limit: query.size,
    offset: query.offset,
  });
  return Page.of(rows as Loaded<T, Hint>[], total, query);
}

/** @throws RequestValidationError for a cursor that was changed, cut, or made for another list */
export async function cursorPageOf<T extends object, Hint extends string>(
  em: EntityManager,
  cursors: CursorSeal,
  entity: new () => T,
  query: CursorQuery,
  order: readonly Order<T>[],
  where: object,
  options: FindOptions<T, Hint>,
): Promise<CursorPage<Loaded<T, Hint>>> {
  const meta = em.getMetadata(entity);
  const steps = stepsOf(meta, order);
  const list = cursors.of(meta, steps, where);
  const after = query.cursor === undefined ? undefined : list.after(query.cursor);
  const rows = await em.find(
    entity,
    (after === undefined ? where : { $and: [where, after] }) as FilterQuery<T>,
    { ...options, orderBy: orderBy<T>(steps), limit: query.size + 1 },
  );
  const items = rows.slice(0, query.size) as Loaded<T, Hint>[];
  const next = rows.length > query.size ? list.cursorOf(items.at(-1)!) : null;
  return Object.assign(new CursorPage<Loaded<T, Hint>>(), { items, next });
}
