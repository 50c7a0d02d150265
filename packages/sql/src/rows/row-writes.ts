import { HTTPException } from 'vivace';
import { conditionOf, Values, written } from './conditions';
import type { ReadPlan } from './row-reads';
import type { RowColumn, RowTable } from './row-table';
import { named, type Run } from './statements';

/** `insert … returning`: the row as the database has it. */
export async function insertRow(
  run: Run,
  plan: ReadPlan,
  row: Readonly<Record<string, unknown>>,
): Promise<object> {
  const { table } = plan.selection;
  const values = new Values();
  const columns: string[] = [];
  const places: string[] = [];
  for (const column of table.columns.values()) {
    const value = valueOf(column, row[column.field]);
    if (value === undefined) continue;
    columns.push(column.name);
    places.push(values.add(value));
  }
  const filled =
    columns.length === 0
      ? 'default values'
      : `(${columns.join(', ')}) values (${places.join(', ')})`;
  const text = `insert into ${table.name} as t0 ${filled} returning ${returned(plan)}`;
  const { rows } = await run(named(text, values.list), false);
  return plan.read(rows[0] as readonly unknown[]);
}

/**
 * `update … returning`.
 *
 * @returns undefined where only the library knows how to say it
 * @throws HTTPException 404 where there is no row, 409 where its version is another one
 */
export async function updateRow(
  run: Run,
  plan: ReadPlan,
  where: unknown,
  change: Readonly<Record<string, unknown>>,
  version: number | undefined,
): Promise<object | undefined> {
  const { table } = plan.selection;
  const values = new Values();
  const sets: string[] = [];
  for (const column of table.columns.values()) {
    const { property, name } = column;
    const value = valueOf(column, change[column.field]);
    if (value !== undefined) sets.push(`${name} = ${values.add(value)}`);
    else if (property.version === true) sets.push(`${name} = t0.${name} + 1`);
    else if (property.onUpdate !== undefined)
      sets.push(
        `${name} = ${values.add(written(column.codec, property.onUpdate({}, null as never)))}`,
      );
  }
  const condition = conditionOf(table, 't0', where, values);
  if (condition === undefined || condition === '' || sets.length === 0) return undefined;
  const versioned =
    version === undefined ? '' : ` and t0.${versionOf(table).name} = ${values.add(version)}`;
  const text = `update ${table.name} as t0 set ${sets.join(', ')} where ${condition}${versioned} returning ${returned(plan)}`;
  const { rows } = await run(named(text, values.list), false);
  if (rows.length > 1) throw new SeveralRows(table.meta.className);
  if (rows.length === 1) return plan.read(rows[0] as readonly unknown[]);
  throw await missing(run, plan, where, version);
}

/** A row that is there and was not changed has another version. */
async function missing(
  run: Run,
  { selection }: ReadPlan,
  where: unknown,
  version: number | undefined,
) {
  const { table } = selection;
  const none = new HTTPException(404, `${table.meta.className} not found`);
  if (version === undefined) return none;
  const values = new Values();
  const text = `select 1 from ${table.name} t0 where ${conditionOf(table, 't0', where, values)!}`;
  const { rows } = await run(named(text, values.list), true);
  return rows.length === 0 ? none : new HTTPException(409, `${table.meta.className} was changed`);
}

/** Of a relation, the key. */
export function valueOf({ target, codec }: RowColumn, value: unknown): unknown {
  if (value === undefined) return undefined;
  const isRow = target !== undefined && typeof value === 'object' && value !== null;
  return written(codec, isRow ? Reflect.get(value, target.primaryKeys[0]!) : value);
}

function versionOf(table: RowTable): RowColumn {
  const column = table.columns.get(table.meta.versionProperty);
  if (column === undefined)
    throw new TypeError(
      `${table.meta.className} has no version: @Column({ version: true }) version!: int.`,
    );
  return column;
}

export function returned({ selection }: ReadPlan): string {
  return selection.columns.map(({ name }) => `t0.${name}`).join(', ');
}

/** A change of one row would have been one of several, and was taken back. */
export class SeveralRows extends Error {
  constructor(entity: string) {
    super(`patch(${entity}, …): the filter finds several rows. Ask for one by its key.`);
    this.name = 'SeveralRows';
  }
}
