import type { EntityMetadata } from '@mikro-orm/core';
import { fittedWhere } from '../entities/fitted-where';
import { tableOf } from '../entities/schema';
import { countRows, readPlan, readRows } from '../rows/row-reads';
import { rowTableOf } from '../rows/row-table';
import type { Run } from '../rows/statements';
import { frozen } from './frozen';
import { stepsIn } from './order';

/** Options of MikroORM that one statement can say. */
interface PlainOptions {
  readonly populate?: unknown;
  readonly fields?: unknown;
  readonly orderBy?: unknown;
  readonly limit?: number;
  readonly offset?: number;
}

/**
 * Rows that nobody tracks, by one statement.
 *
 * @param options what is asked for, as MikroORM takes it
 * @param run sends statements
 * @returns undefined where only the library knows how
 */
export async function findPlain(
  meta: EntityMetadata,
  where: unknown,
  options: object,
  run: Run,
): Promise<object[] | undefined> {
  const table = rowTableOf(meta);
  if (table === undefined || !Object.keys(options).every((name) => SAID.has(name)))
    return undefined;
  const { populate = [], fields, orderBy, limit, offset } = options as PlainOptions;
  if (!isNames(populate) || (fields !== undefined && !isNames(fields))) return undefined;
  const order = stepsIn(meta, orderBy);
  const plan = order && readPlan(table, populate, fields);
  if (plan === undefined || order === undefined) return undefined;
  const fitted = fittedWhere(tableOf(meta.class), where);
  const rows = await readRows(run, plan, {
    where: fitted,
    order,
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
  });
  return rows && frozen(rows);
}

/** @returns undefined where only the library knows how */
export async function countPlain(
  meta: EntityMetadata,
  where: unknown,
  options: object,
  run: Run,
): Promise<number | undefined> {
  const table = rowTableOf(meta);
  if (table === undefined || !Object.keys(options).every((name) => SAID.has(name)))
    return undefined;
  return countRows(run, table, fittedWhere(tableOf(meta.class), where));
}

/** `flushMode` and `where` are those that the library passes on to itself, and nothing is left to flush here. */
const SAID: ReadonlySet<string> = new Set(
  'populate fields orderBy limit offset flushMode where'.split(' '),
);

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((each) => typeof each === 'string' && /^[\w.]+$/.test(each))
  );
}
