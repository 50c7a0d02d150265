import { ReferenceKind, type EntityProperty } from '@mikro-orm/core';
import type { Step } from '../session/order';
import { conditionOf, Values, written } from './conditions';
import { RowList } from './row-list';
import { columnsOf, readerOf, type RowReader } from './row-reader';
import { identifier, type RowTable } from './row-table';
import { selectionOf, type ManySelection, type Selection } from './selection';
import { named, type RowStatement, type Run } from './statements';

/** How rows of a form are read: made once, and kept. */
export interface ReadPlan {
  readonly selection: Selection;
  /** From `select` to the joins, as SQL. */
  readonly select: string;
  readonly read: RowReader;
}
export interface Asked {
  readonly where: unknown;
  readonly order?: readonly Step[];
  readonly limit?: number;
  readonly offset?: number;
  /** At the end of the statement. */
  readonly lock?: string;
}

const plans = new WeakMap<RowTable, Map<string, ReadPlan | undefined>>();

/** Undefined where only the library knows how. */
export function readPlan(
  table: RowTable,
  populate: readonly string[] = [],
  fields?: readonly string[],
): ReadPlan | undefined {
  const known = plans.get(table) ?? new Map<string, ReadPlan | undefined>();
  plans.set(table, known);
  const form = `${populate.join()} ${fields?.join() ?? '*'}`;
  if (!known.has(form)) {
    const selection = selectionOf(table, populate, fields);
    known.set(form, selection && planOf(selection));
  }
  return known.get(form);
}

function planOf(selection: Selection): ReadPlan {
  const { table, alias } = selection;
  const select = `select ${columnsOf(selection).join(', ')} from ${table.name} ${alias}${joins(selection)}`;
  return { selection, select, read: readerOf(selection) };
}

function joins({ table, alias, one }: Selection): string {
  return [...one]
    .map(([field, other]) => {
      const from = `${alias}.${table.columns.get(field)!.name}`;
      const to = `${other.alias}.${other.table.key.name}`;
      return ` left join ${other.table.name} ${other.alias} on ${to} = ${from}${joins(other)}`;
    })
    .join('');
}

/** @returns undefined where only the library knows how to say the filter */
export async function readRows(
  run: Run,
  plan: ReadPlan,
  asked: Asked,
): Promise<object[] | undefined> {
  const statement = selectOf(plan, asked);
  if (statement === undefined) return undefined;
  const { rows } = await run(statement, true);
  const read = rows.map((row) => plan.read(row as readonly unknown[]));
  await readMany(run, plan.selection, read);
  return read;
}

/** @returns undefined where only the library knows how to say the filter */
export function selectOf(
  { selection, select }: ReadPlan,
  { where, order = [], limit, offset, lock = '' }: Asked,
): RowStatement | undefined {
  const { table, alias } = selection;
  const values = new Values();
  const condition = conditionOf(table, alias, where, values);
  if (condition === undefined) return undefined;
  const text =
    select +
    (condition === '' ? '' : ` where ${condition}`) +
    orderOf(table, alias, order) +
    (limit === undefined ? '' : ` limit ${values.add(limit)}`) +
    (offset === undefined || offset === 0 ? '' : ` offset ${values.add(offset)}`) +
    lock;
  return named(text, values.list);
}

function orderOf(table: RowTable, alias: string, order: readonly Step[]): string {
  const steps = order.map(
    ({ field, down, nullable }) =>
      `${alias}.${table.columns.get(field)!.name}${down ? ' desc' : ''}${nullable && down ? ' nulls last' : ''}`,
  );
  return steps.length === 0 ? '' : ` order by ${steps.join(', ')}`;
}

/** Without the joins of the page. */
export async function countRows(
  run: Run,
  table: RowTable,
  where: unknown,
): Promise<number | undefined> {
  const values = new Values();
  const condition = conditionOf(table, 't0', where, values);
  if (condition === undefined) return undefined;
  const text = `select count(*) from ${table.name} t0${condition === '' ? '' : ` where ${condition}`}`;
  const { rows } = await run(named(text, values.list), true);
  return Number((rows[0] as unknown as [string])[0]);
}

/** One more statement for each relation to many. */
async function readMany(run: Run, selection: Selection, rows: readonly object[]): Promise<void> {
  for (const [field, many] of selection.many) await attach(run, selection, field, many, rows);
  for (const [field, one] of selection.one) {
    const others = rows.map((row) => Reflect.get(row, field) as object | null);
    await readMany(
      run,
      one,
      others.filter((each) => each !== null),
    );
  }
}

async function attach(
  run: Run,
  { table }: Selection,
  field: string,
  many: ManySelection,
  rows: readonly object[],
): Promise<void> {
  const keys = new Set(rows.map((row) => keyOf(table, row)));
  const lists = new Map([...keys].map((key) => [key, new RowList<object>()]));
  if (keys.size > 0) {
    const { read: readRow, text, columns } = manyPlan(table, many);
    const found = await run(
      named(text, [[...keys].map((key) => written(table.key.codec, key))]),
      true,
    );
    const read = found.rows.map((row) => readRow(row as readonly unknown[]));
    for (const [at, row] of found.rows.entries())
      lists.get(ownerKey(table, (row as readonly unknown[])[columns]))?.push(read[at]!);
    await readMany(run, many.rows, read);
  }
  for (const row of rows) Reflect.set(row, field, lists.get(keyOf(table, row)));
}

function keyOf(table: RowTable, row: object): unknown {
  return Reflect.get(row, table.key.field);
}

/** The driver gives large numbers as text. */
function ownerKey({ key }: RowTable, value: unknown): unknown {
  const type = key.property.runtimeType;
  return type === 'number' ? Number(value) : type === 'bigint' ? BigInt(value as string) : value;
}

/** How the rows at the other ends are read; the last column is the key of the owner. */
interface ManyPlan {
  readonly read: RowReader;
  readonly text: string;
  readonly columns: number;
}

const manyPlans = new WeakMap<ManySelection, ManyPlan>();

function manyPlan(owner: RowTable, many: ManySelection): ManyPlan {
  const known = manyPlans.get(many);
  if (known !== undefined) return known;
  const plan = { read: readerOf(many.rows), ...manyStatement(owner, many) };
  manyPlans.set(many, plan);
  return plan;
}

function manyStatement(
  owner: RowTable,
  { property, rows: selection }: ManySelection,
): { text: string; columns: number } {
  const { table, alias } = selection;
  const columns = columnsOf(selection);
  const key = `${alias}.${table.key.name}`;
  const from = `from ${table.name} ${alias}${joins(selection)}`;
  if (property.kind === ReferenceKind.ONE_TO_MANY) {
    const held = `${alias}.${table.columns.get(property.mappedBy)!.name}`;
    const text = `select ${[...columns, held].join(', ')} ${from} where ${held} = any($1) order by ${key}`;
    return { text, columns: columns.length };
  }
  const { pivot, ownerColumn, otherColumn } = pivotOf(owner, property);
  const text =
    `select ${[...columns, ownerColumn].join(', ')} ${from} join ${pivot} p on ${otherColumn} = ${key}` +
    ` where ${ownerColumn} = any($1) order by ${key}`;
  return { text, columns: columns.length };
}

function pivotOf(owner: RowTable, property: EntityProperty) {
  const schema = owner.meta.schema === undefined ? '' : `${identifier(owner.meta.schema)}.`;
  return {
    pivot: `${schema}${identifier(property.pivotTable)}`,
    ownerColumn: `p.${identifier(property.joinColumns[0]!)}`,
    otherColumn: `p.${identifier(property.inverseJoinColumns[0]!)}`,
  };
}
