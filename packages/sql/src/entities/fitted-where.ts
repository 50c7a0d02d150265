import { tableOf, type Table } from './schema';
import type { EntityField } from './fields';
import { text } from './limits';

/**
 * A filter whose values fit their columns: what no row can have finds none, before a statement could
 * fail.
 */
export function fittedWhere(table: Table | undefined, where: unknown): unknown {
  if (table === undefined) return where;
  if (Array.isArray(where)) return where.map((each) => fittedWhere(table, each));
  const [id] = table.ids;
  if (!isPlain(where)) return id === undefined ? where : fitted(id, where);
  // Raw fragments are keys that are symbols.
  const changed: Record<string | symbol, unknown> = { ...where };
  for (const [key, value] of Object.entries(where)) {
    const field = table.fields.get(key);
    if (field !== undefined) changed[key] = fittedField(field, value);
    else if (LOGIC.has(key)) changed[key] = fittedWhere(table, value);
  }
  return changed;
}

const LOGIC: ReadonlySet<string> = new Set(['$and', '$or', '$not']);
/** What no value is equal to. */
const NOTHING: Readonly<Record<string, readonly unknown[]>> = { $in: [] };

function fittedField(field: EntityField, value: unknown): unknown {
  if (field.target === undefined) return fitted(field, value);
  const target = tableOf(field.target());
  if (isPlain(value) && Object.keys(value).some((key) => COLLECTIVE.has(key)))
    return mapped(value, (each) => fittedWhere(target, each));
  return fittedWhere(target, value);
}
const COLLECTIVE: ReadonlySet<string> = new Set([
  '$some',
  '$none',
  '$every',
  '$eq',
  '$ne',
  '$in',
  '$nin',
]);

function fitted(field: EntityField, value: unknown): unknown {
  if (field.limit === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value) && !isList(field))
    return { $in: value.filter((each) => fits(field, each)) };
  // A list of a column that keeps lists is one value, which the library would take for several.
  if (Array.isArray(value)) return fits(field, value) ? { $eq: value } : NOTHING;
  if (!isPlain(value) || isJson(field)) return fits(field, value) ? value : NOTHING;
  const conditions = Object.entries(value).map(([operator, operand]) =>
    fittedOperator(field, operator, operand),
  );
  return conditions.includes(NOTHING) ? NOTHING : Object.assign({}, ...conditions);
}

function fittedOperator(field: EntityField, operator: string, operand: unknown): object {
  const whole = { [operator]: operand };
  switch (operator) {
    case '$in':
    case '$nin':
      return Array.isArray(operand)
        ? { [operator]: operand.filter((each) => fits(field, each)) }
        : whole;
    case '$ne':
      return fits(field, operand) ? whole : { $ne: null };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return fits(field, operand) ? whole : beyond(operator, operand);
    case '$like':
    case '$ilike':
    case '$re':
    case '$fulltext':
      return text(operand) === undefined ? whole : NOTHING;
    case '$not':
      return { $not: fitted(field, operand) };
    default:
      return fits(field, operand) ? whole : NOTHING;
  }
}

/** All rows are below a number that no column holds, and none is above it. */
function beyond(operator: string, operand: unknown): object {
  const isNumber = typeof operand === 'number' || typeof operand === 'bigint';
  if (!isNumber) return NOTHING;
  return operator.startsWith('$l') === operand > 0 ? { $ne: null } : NOTHING;
}

function isList({ property }: Pick<EntityField, 'property'>): boolean {
  return property.columnTypes?.[0]?.endsWith('[]') === true || isJson({ property });
}
function isJson({ property }: Pick<EntityField, 'property'>): boolean {
  return property.columnTypes?.[0] === 'jsonb';
}

function fits(field: EntityField, value: unknown): boolean {
  return value === null || value === undefined || field.limit?.(value) === undefined;
}

function mapped(value: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as null)
  );
}
