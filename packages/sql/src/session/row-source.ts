import type { EntityMetadata } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { fittedWhere } from '../entities/fitted-where';
import { tableOf } from '../entities/schema';
import { countRows, readPlan, readRows, type Asked, type ReadPlan } from '../rows/row-reads';
import { rowTableOf } from '../rows/row-table';
import type { Run } from '../rows/statements';
import { frozen } from './frozen';
import { orderBy } from './order';

/**
 * Where rows of one entity come from: plain ones by one statement, where it can be said in one; else
 * the library.
 */
export class RowSource {
  readonly #plan: ReadPlan | undefined;

  /**
   * @param options what is loaded, as MikroORM takes it
   * @param run sends statements that make plain rows; undefined where rows have to be tracked
   */
  constructor(
    readonly em: EntityManager,
    readonly meta: EntityMetadata,
    readonly options: object,
    readonly run: Run | undefined,
  ) {
    this.#plan = run && planOf(meta, options);
  }

  async find(asked: Asked): Promise<object[]> {
    const { order = [], limit, offset } = asked;
    if (this.#plan !== undefined) {
      const where = fittedWhere(tableOf(this.meta.class), asked.where);
      const rows = await readRows(this.run!, this.#plan, { ...asked, where });
      if (rows !== undefined) return frozen(rows);
    }
    return this.em.find(this.meta.class, asked.where as never, {
      ...this.options,
      ...(order.length > 0 && { orderBy: orderBy<object>(order) }),
      ...(limit !== undefined && { limit }),
      ...(offset !== undefined && { offset }),
    });
  }

  async count(where: unknown): Promise<number> {
    const { selection } = this.#plan ?? {};
    if (selection !== undefined) {
      const fitted = fittedWhere(tableOf(this.meta.class), where);
      const count = await countRows(this.run!, selection.table, fitted);
      if (count !== undefined) return count;
    }
    return this.em.count(this.meta.class, where as never, this.options);
  }
}

/** Options that say nothing but what is loaded. */
function planOf(meta: EntityMetadata, options: object): ReadPlan | undefined {
  const { populate = [], fields, ...others } = options as Record<string, unknown>;
  const table = rowTableOf(meta);
  if (table === undefined || Object.keys(others).length > 0) return undefined;
  if (!isNames(populate) || (fields !== undefined && !isNames(fields))) return undefined;
  return readPlan(table, populate, fields);
}

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((each) => typeof each === 'string' && /^[\w.]+$/.test(each))
  );
}
