import { wrap } from '@mikro-orm/core';
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
