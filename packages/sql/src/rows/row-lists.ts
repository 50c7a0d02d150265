import { ReferenceKind, type EntityProperty } from '@mikro-orm/core';
import { Values } from './conditions';
import { RowList } from './row-list';
import { readPlan, type ReadPlan } from './row-reads';
import { rowTableOf, type RowColumn, type RowTable } from './row-table';
import { returned, valueOf } from './row-writes';
import { named, type Run } from './statements';

type Fields = Readonly<Record<string, unknown>>;

/** New rows that point to another new row. */
export interface NewRows {
  readonly field: string;
  readonly table: RowTable;
  readonly plan: ReadPlan;
  /** The column that holds the key of the other. */
  readonly owner: RowColumn;
  readonly rows: readonly Fields[];
}

/** Undefined for lists that one statement cannot write: of rows that are there, or by a table between. */
export function newRows(property: EntityProperty, list: readonly object[]): NewRows | undefined {
  const table = property.targetMeta && rowTableOf(property.targetMeta);
  const plan = table && readPlan(table);
  const owner = table?.columns.get(property.mappedBy);
  const isNew = list.every((each) => Object.getPrototypeOf(each) === Object.prototype);
  if (property.kind !== ReferenceKind.ONE_TO_MANY || !isNew) return undefined;
  if (table === undefined || plan === undefined || owner === undefined) return undefined;
  return { field: property.name, table, plan, owner, rows: list as readonly Fields[] };
}

/** One statement, however many there are: they are sent as JSON. */
export async function insertRows(
  run: Run,
  { table, plan, owner, rows }: NewRows,
  key: unknown,
): Promise<RowList<object>> {
  if (rows.length === 0) return new RowList<object>();
  const columns = [...table.columns.values()].filter(
    (column) => column !== owner && rows.some((row) => row[column.field] !== undefined),
  );
  const values = new Values();
  const sent = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column.name, inJson(column, row[column.field])])),
  );
  const list = values.add(JSON.stringify(sent.map(unquoted)));
  const place = `${values.add(key)}::${typeOf(owner)}`;
  const text =
    `insert into ${table.name} as t0 (${[...columns, owner].map(({ name }) => name).join(', ')})` +
    ` select ${[...columns.map(({ name }) => `x.${name}`), place].join(', ')}` +
    ` from jsonb_to_recordset(${list}::jsonb) as x(${columns.map((one) => `${one.name} ${typeOf(one)}`).join(', ')})` +
    ` returning ${returned(plan)}`;
  const result = await run(named(text, values.list), false);
  return RowList.from(
    result.rows.map((row) => plan.read(row as readonly unknown[])),
  ) as RowList<object>;
}

function typeOf({ property, target }: RowColumn): string {
  return (target?.getPrimaryProp() ?? property).columnTypes[0]!;
}

/** Keys are names of columns, as JSON has them. */
function unquoted(row: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name.slice(1, -1).replaceAll('""', '"'), value]),
  );
}

function inJson(column: RowColumn, value: unknown): unknown {
  if (column.property.columnTypes[0] === 'jsonb') return value;
  const written = valueOf(column, value);
  return ArrayBuffer.isView(written)
    ? `\\x${Buffer.from(written.buffer, written.byteOffset, written.byteLength).toString('hex')}`
    : written;
}
