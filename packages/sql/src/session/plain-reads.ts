import type { EntityMetadata } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import type { Run } from '../rows/statements';
import { countPlain, findPlain } from './plain-rows';

/** The reads of MikroORM: by one statement that makes plain rows, where nobody has to track them and it can be said in one. */
export abstract class PlainReads extends EntityManager {
  /** Sends statements of plain rows; undefined where rows have to be tracked. */
  protected abstract plainRun(): Promise<Run | undefined>;

  /** Told of what the library reads although nobody has to track it. */
  protected abstract byLibrary(entity: string): void;

  /** @returns undefined where the library has to read */
  static async read<T>(
    em: PlainReads,
    entity: never,
    how: (meta: EntityMetadata, run: Run) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const run = await em.plainRun();
    if (run === undefined) return undefined;
    const meta = em.getMetadata(entity) as EntityMetadata;
    const read = await how(meta, run);
    if (read === undefined) em.byLibrary(meta.className);
    return read;
  }
}

const library = EntityManager.prototype;
const plain = {
  async find(this: PlainReads, entity: never, where: never, options = {}): Promise<unknown> {
    const rows = await PlainReads.read(this, entity, (meta, run) =>
      findPlain(meta, where, options, run),
    );
    return rows ?? library.find.call(this, entity, where, options);
  },
  async findOne(this: PlainReads, entity: never, where: never, options = {}): Promise<unknown> {
    const one = { ...options, limit: 1 };
    const rows = await PlainReads.read(this, entity, async (meta, run) =>
      isEmpty(where) ? undefined : findPlain(meta, where, one, run),
    );
    return rows === undefined
      ? library.findOne.call(this, entity, where, options)
      : (rows[0] ?? null);
  },
  async count(this: PlainReads, entity: never, where = {}, options = {}): Promise<number> {
    const count = await PlainReads.read(this, entity, (meta, run) =>
      countPlain(meta, where, options, run),
    );
    return count ?? library.count.call(this, entity, where, options);
  },
};
// Their types stay those of the library: no method of a class can say them again, since one of their parameters depends on another.
Object.assign(PlainReads.prototype, plain);

/** The library says what is wrong with it. */
function isEmpty(where: unknown): boolean {
  return typeof where === 'object' && where !== null && Object.keys(where).length === 0;
}
