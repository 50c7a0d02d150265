import type { EntityMetadata, FindOptions } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CursorPage, Page, type CursorQuery, type PageQuery } from 'vivace/responses';
import type { CursorSeal } from './cursor';
import { orderBy, stepsOf, type Order } from './order';

export interface PageOptions<T, Hint extends string = never> extends FindOptions<T, Hint> {
  /** The columns the page is ordered by; the key is added. */
  order?: Order<T> | readonly Order<T>[];
}

/** Rows of one entity, read as the options say. */
export interface Source {
  readonly em: EntityManager;
  readonly meta: EntityMetadata;
  readonly options: object;
}

export async function pageOf<T extends object>(
  { em, meta, options }: Source,
  query: PageQuery,
  where: object,
  order: string | readonly string[] | undefined,
): Promise<Page<T>> {
  const { size: limit, offset } = query;
  const asked = { ...options, orderBy: orderBy<object>(stepsOf(meta, order)), limit, offset };
  const [items, total] = await em.findAndCount(meta.class, where, asked);
  return Page.of(items as T[], total, query);
}

/** @throws RequestValidationError for a cursor that was changed, cut, or made for another list */
export async function cursorPageOf<T extends object>(
  { em, meta, options }: Source,
  cursors: CursorSeal,
  { cursor, size }: CursorQuery,
  where: object,
  order: readonly string[],
): Promise<CursorPage<T>> {
  const steps = stepsOf(meta, order);
  const list = cursors.of(meta, steps, where);
  const find = async (one: object) => (await em.find(meta.class, one, { ...options, limit: 1 }))[0];
  const after = cursor === undefined ? where : { $and: [where, await list.after(cursor, find)] };
  // One more says whether another page follows.
  const asked = { ...options, orderBy: orderBy<object>(steps), limit: size + 1 };
  const found = await em.find(meta.class, after, asked);
  const items = found.slice(0, size);
  const next = found.length > size ? list.cursorOf(items.at(-1)!) : null;
  return Object.assign(new CursorPage<T>(), { items: items as T[], next });
}
