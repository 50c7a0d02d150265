import type { RowColumn, RowTable } from './row-table';

/** The values of a statement, in the order of their places. */
export class Values {
  readonly list: unknown[] = [];

  /** The place of a value, as SQL. */
  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/**
 * A filter as SQL.
 *
 * @returns undefined for what only the library knows how to say; an empty text for no condition
 */
export function conditionOf(
  table: RowTable,
  alias: string,
  where: unknown,
  values: Values,
): string | undefined {
  if (!isPlain(where))
    return isScalar(where)
      ? equal(table.key, `${alias}.${table.key.name}`, where, values)
      : undefined;
  if (Object.getOwnPropertySymbols(where).length > 0) return undefined;
  const parts: string[] = [];
  for (const [name, value] of Object.entries(where)) {
    const part = partOf(table, alias, name, value, values);
    if (part === undefined) return undefined;
    if (part !== '') parts.push(part);
  }
  return parts.join(' and ');
}

function partOf(
  table: RowTable,
  alias: string,
  name: string,
  value: unknown,
  values: Values,
): string | undefined {
  if (name === '$and' || name === '$or') {
    if (!Array.isArray(value)) return undefined;
    const all = value.map((each) => conditionOf(table, alias, each, values));
    if (all.includes(undefined)) return undefined;
    const said = all.map((each) => (each === '' ? 'true' : each));
    return said.length === 0 ? '' : `(${said.join(name === '$and' ? ' and ' : ' or ')})`;
  }
  if (name === '$not') {
    const negated = conditionOf(table, alias, value, values);
    return negated === undefined || negated === '' ? undefined : `not (${negated})`;
  }
  const column = table.columns.get(name);
  return column && compared(column, `${alias}.${column.name}`, value, values);
}

function compared(
  column: RowColumn,
  name: string,
  value: unknown,
  values: Values,
): string | undefined {
  if (value !== null && isWhole(column)) return undefined;
  if (Array.isArray(value)) return operator(column, name, '$in', value, values);
  if (column.target !== undefined && typeof value === 'object' && value !== null) {
    const key = keyIn(column.target, value);
    return key === undefined ? undefined : equal(column, name, key, values);
  }
  if (!isPlain(value)) return isScalar(value) ? equal(column, name, value, values) : undefined;
  if (Object.getOwnPropertySymbols(value).length > 0) return undefined;
  const parts = Object.entries(value).map(([sign, operand]) =>
    operator(column, name, sign, operand, values),
  );
  return parts.includes(undefined) || parts.length === 0 ? undefined : parts.join(' and ');
}

/** Lists and JSON, which filters ask for in ways of their own. */
function isWhole({ property }: RowColumn): boolean {
  return /\[\]$|^jsonb$/.test(property.columnTypes[0]!);
}

/** Of a row, or of a filter that says nothing but its key. */
function keyIn(target: NonNullable<RowColumn['target']>, value: object): unknown {
  const name = target.primaryKeys[0]!;
  if (isPlain(value) && Object.keys(value).length !== 1) return undefined;
  const key: unknown = Reflect.get(value, name);
  return isScalar(key) ? key : undefined;
}

function equal({ codec }: RowColumn, name: string, value: unknown, values: Values): string {
  return value === null ? `${name} is null` : `${name} = ${values.add(written(codec, value))}`;
}

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['$gt', '>'],
  ['$gte', '>='],
  ['$lt', '<'],
  ['$lte', '<='],
  ['$like', 'like'],
  ['$ilike', 'ilike'],
]);

function operator(
  column: RowColumn,
  name: string,
  sign: string,
  operand: unknown,
  values: Values,
): string | undefined {
  if (sign === '$in' || sign === '$nin') {
    if (!Array.isArray(operand) || !operand.every((each) => each !== null && isScalar(each)))
      return undefined;
    if (operand.length === 0) return sign === '$in' ? 'false' : 'true';
    const list = values.add(operand.map((each) => written(column.codec, each)));
    return sign === '$in' ? `${name} = any(${list})` : `${name} <> all(${list})`;
  }
  if (!isScalar(operand)) return undefined;
  if (sign === '$eq') return equal(column, name, operand, values);
  if (sign === '$ne' && operand === null) return `${name} is not null`;
  const known = sign === '$ne' ? '!=' : SIGNS.get(sign);
  if (known === undefined || operand === null) return undefined;
  return `${name} ${known} ${values.add(written(column.codec, operand))}`;
}

/** As the driver takes it. */
export function written(codec: RowColumn['codec'], value: unknown): unknown {
  return value === null || codec.write === undefined ? value : codec.write(value as never);
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ||
    value instanceof Date
  );
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)
  );
}
