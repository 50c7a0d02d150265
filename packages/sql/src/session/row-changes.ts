import { HTTPException } from 'vivace';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { fittedWhere } from '../entities/fitted-where';
import { tableOf } from '../entities/schema';
import { insertRows, newRows, type NewRows } from '../rows/row-lists';
import { readPlan } from '../rows/row-reads';
import { rowTableOf, type RowTable } from '../rows/row-table';
import { insertRow, updateRow } from '../rows/row-writes';
import type { Run } from '../rows/statements';

type Entity<T> = new () => T;
type Fields = Readonly<Record<string, unknown>>;

/** Inserts a row by one statement where it can be said in one, else by the library. */
export async function insertOf<T extends object>(
  em: EntityManager,
  entity: Entity<T>,
  data: object,
  run: Run | undefined,
): Promise<T> {
  const meta = em.getMetadata(entity) as EntityMetadata;
  const table = rowTableOf(meta);
  const plan = table && readPlan(table);
  const lists = table && listsOf(table, data);
  if (run === undefined || plan === undefined || table === undefined || lists === undefined) {
    const fork = em.fork({ keepTransactionContext: true });
    const row = fork.create(entity, data as never);
    await fork.flush();
    return row as T;
  }
  const row = await insertRow(run, plan, complete(meta, data, em));
  for (const list of lists) {
    const rows = list.rows.map((each) => complete(list.table.meta, each, em));
    const inserted = await insertRows(run, { ...list, rows }, Reflect.get(row, table.key.field));
    Reflect.set(row, list.field, inserted);
  }
  return withRelations(table, row, data as Fields) as T;
}

/** With the initial values of the class, and what is made for each new row. */
function complete(meta: EntityMetadata, data: object, em: EntityManager): Fields {
  const made = new (meta.class as unknown as Entity<object>)();
  const row: Record<string, unknown> = { ...made, ...data };
  for (const { name, onCreate } of meta.props)
    if (row[name] === undefined && onCreate !== undefined) row[name] = onCreate(row, em);
  return row;
}

/** The lists of new rows in the data; undefined where the library has to write them. */
function listsOf({ meta, columns }: RowTable, data: object): readonly NewRows[] | undefined {
  const lists: NewRows[] = [];
  for (const [name, value] of Object.entries(data)) {
    const property = meta.properties[name as never] as EntityProperty | undefined;
    if (property === undefined || columns.has(name) || value === undefined) continue;
    if (isEmpty(value)) continue;
    const list = Array.isArray(value) ? newRows(property, value as object[]) : undefined;
    if (list === undefined) return undefined;
    lists.push(list);
  }
  return lists;
}

/** Changes one row by one statement where it can be said in one, else by the library. */
export async function patchOf<T extends object>(
  em: EntityManager,
  entity: Entity<T>,
  { where, sent, version }: { where: object; sent: object; version: number | undefined },
  run: Run | undefined,
): Promise<T> {
  const table = rowTableOf(em.getMetadata(entity) as EntityMetadata);
  const plan = table && readPlan(table);
  if (run !== undefined && table !== undefined && plan !== undefined && isOfColumns(table, sent)) {
    const fitted = fittedWhere(tableOf(entity), where);
    const row = await updateRow(run, plan, fitted, sent as Fields, version);
    if (row !== undefined) return withRelations(table, row, sent as Fields) as T;
  }
  const fork = em.fork({ keepTransactionContext: true });
  const row = await fork.findOne(entity, where as never);
  if (row === null) throw new HTTPException(404, `${entity.name} not found`);
  const { versionProperty } = fork.getMetadata(entity) as EntityMetadata;
  if (version !== undefined && Reflect.get(row, versionProperty) !== version)
    throw new HTTPException(409, `${entity.name} was changed`);
  fork.assign(row, sent as never);
  await fork.flush();
  return row as T;
}

/** Lists of other rows are changed by the library. */
function isOfColumns({ meta, columns }: RowTable, data: object): boolean {
  return Object.entries(data).every(
    ([name, value]) =>
      columns.has(name) || value === undefined || !(name in meta.properties) || isEmpty(value),
  );
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Rows that the program gave stay what they are. */
function withRelations({ columns }: RowTable, row: object, given: Fields): object {
  for (const { field, target } of columns.values())
    if (target !== undefined && typeof given[field] === 'object' && given[field] !== null)
      Reflect.set(row, field, given[field]);
  return row;
}
