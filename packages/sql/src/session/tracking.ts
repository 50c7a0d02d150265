import { Collection, helper, wrap } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

type Entity = new () => object;

/** Whether a manager knows of anything that could have to be written. */
export function tracks(em: EntityManager): boolean {
  const work = em.getUnitOfWork(false);
  if (work.getPersistStack().size > 0 || work.getRemoveStack().size > 0) return true;
  for (const row of work.getIdentityMap()) if (isMoreThanKey(em, row)) return true;
  return false;
}

/** A reference says nothing that has to be written, before something is assigned to it. */
function isMoreThanKey(em: EntityManager, row: object): boolean {
  const { primaryKeys } = em.getMetadata(row.constructor as Entity);
  return (
    wrap(row).isInitialized() ||
    !Object.keys(row).every((key) => primaryKeys.includes(key as never))
  );
}

/** A row that is tracked too would still have the values, and the version, of before. */
export async function renew(em: EntityManager, entity: Entity, row: object): Promise<void> {
  const keys = em.getMetadata(entity).primaryKeys.map((key) => Reflect.get(row, key) as never);
  const tracked = em
    .getUnitOfWork()
    .getById<object>(entity, keys.length > 1 ? (keys as never) : keys[0]!);
  if (tracked !== undefined && tracked !== row) await em.refresh(tracked);
}

/** Rows that a transaction within this one has changed, which was taken back. */
export async function readAgain(em: EntityManager): Promise<void> {
  const rows = [...em.getUnitOfWork(false).getIdentityMap()].filter((row) =>
    wrap(row).isInitialized(),
  );
  try {
    for (const row of rows) {
      // The library has given it to the one that has ended.
      Object.assign(helper(row), { __em: em });
      await em.refresh(row, { populate: readApart(em, row) as never });
    }
  } catch {
    // Without a database nobody knows how they are, so nothing of them is written.
    em.clear();
  }
}

/** What of a row was asked for by name: lists, and columns that are lazy. */
function readApart(em: EntityManager, row: object): readonly string[] {
  const { props } = em.getMetadata(row.constructor as Entity);
  return props.flatMap(({ name, lazy, kind }) => {
    const value: unknown = Reflect.get(row, name);
    const isThere =
      kind === 'scalar'
        ? lazy === true && value !== undefined
        : isList(value) && value.isInitialized();
    return isThere ? [name] : [];
  });
}

const isList = (value: unknown): value is Collection<object> => value instanceof Collection;
