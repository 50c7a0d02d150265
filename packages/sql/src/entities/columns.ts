import { BigIntType, Uint8ArrayType, type PropertyOptions } from '@mikro-orm/core';
import type { ShapeField, ShapeType } from 'vivace/extend';
import type { FieldFacts } from './facts';
import * as limits from './limits';
import type { Limit } from './limits';
import { RevivedJson, revival } from './revived-json';
import { TextArray } from './text-array';

/** What MikroORM is told of a field. */
export type Property = PropertyOptions<object>;

/** A column by the type of its field. */
export interface Column {
  readonly property: Property;
  /** What it cannot keep exactly. */
  readonly limit?: Limit;
}

/**
 * The column that keeps values of a type.
 *
 * @returns undefined where the type does not say enough
 */
export function columnOf(
  type: ShapeType,
  field: ShapeField,
  facts: FieldFacts,
): Column | undefined {
  switch (type.is) {
    case 'int':
      return intColumn(field.rules);
    case 'bigint':
      return {
        property: { type: new BigIntType('bigint'), columnTypes: ['bigint'] },
        limit: limits.whole(-(2n ** 63n), 2n ** 63n - 1n),
      };
    case 'number':
      return plain('double', 'double precision');
    case 'boolean':
      return plain('boolean', 'boolean');
    case 'instant':
      // Instants of JavaScript have milliseconds: more would be lost, and the row not be found again.
      return plain('datetime', 'timestamptz(3)', limits.instant);
    case 'bytes':
      return { property: { type: new Uint8ArrayType(), columnTypes: ['bytea'] } };
    case 'string':
      return textColumn(type.format, field.rules, facts);
    case 'literal':
      return literalColumn(type.values, field.name);
    case 'list':
      return listColumn(type.of) ?? jsonColumn(type);
    case 'object':
    case 'record':
    case 'tuple':
    case 'json':
      return jsonColumn(type);
    case 'set':
    case 'map':
    case 'union':
    case 'null':
    case 'foreign':
      return undefined;
  }
}

function plain(type: string, columnType: string, limit?: Limit): Column {
  return {
    property: { type: type, columnTypes: [columnType] },
    ...(limit !== undefined && { limit }),
  };
}

/** 32 bits where the rules end within them. */
function intColumn(rules: ShapeField['rules']): Column {
  const [least, most] = limits.INT32;
  const from = Number(rules['minimum'] ?? rules['exclusiveMinimum'] ?? -Infinity);
  const to = Number(rules['maximum'] ?? rules['exclusiveMaximum'] ?? Infinity);
  if (from >= least && to <= most) return plain('integer', 'integer', limits.whole(least, most));
  return {
    property: { type: new BigIntType('number'), columnTypes: ['bigint'] },
    limit: limits.whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  };
}

function textColumn(
  format: string | undefined,
  rules: ShapeField['rules'],
  { column = {} }: FieldFacts,
): Column {
  switch (format) {
    case 'uuid':
      return plain('uuid', 'uuid', limits.uuid);
    case 'date':
      return plain('date', 'date', limits.day);
    case 'time':
      return plain('time', 'time', limits.clock);
    case 'decimal':
      return decimalColumn(column);
  }
  const most = rules['maxLength'];
  return typeof most === 'number' && most >= 1 && most <= LONGEST_VARCHAR
    ? plain('string', `varchar(${most})`, limits.length(most))
    : plain('text', 'text', limits.text);
}

const LONGEST_VARCHAR = 10_485_760;

function decimalColumn({ precision, scale = 0 }: { precision?: number; scale?: number }): Column {
  return precision === undefined
    ? plain('decimal', 'numeric', limits.decimal())
    : plain('decimal', `numeric(${precision},${scale})`, limits.decimal(precision, scale));
}

/**
 * Among these alone, which the database checks too, but for texts that it gives back in other words:
 * the two would differ for ever.
 */
function literalColumn(values: readonly unknown[], name: string): Column | undefined {
  const known = values.filter((each) => typeof each === 'string' || typeof each === 'number');
  const limit = limits.among(known);
  const check = (columns: Readonly<Record<string, string>>) => oneOf(columns[name]!, known);
  const checked = (column: Column): Column => ({
    ...column,
    property: { ...column.property, check },
  });
  const isWhole = (each: unknown) => typeof each === 'number' && limits.isInt32(each);
  if (values.every((each) => typeof each === 'string')) {
    const column = plain('text', 'text', limit);
    return values.some((each) => hasLineBreak(each) || each.includes('\\'))
      ? column
      : checked(column);
  }
  if (values.every(isWhole)) return checked(plain('integer', 'integer', limit));
  return values.every((each) => typeof each === 'number')
    ? checked(plain('double', 'double precision', limit))
    : undefined;
}

/** As PostgreSQL gives it back, or the two would differ for ever: numbers below 0 and fractions are texts there. */
function oneOf(column: string, values: readonly (string | number)[]): string {
  if (
    !values.some((value) => typeof value === 'number' && !(Number.isInteger(value) && value >= 0))
  )
    return `"${column}" in (${values.map(quoted).join(', ')})`;
  return values.map((value) => `"${column}" = '${value}'`).join(' or ');
}

/** MikroORM writes each line of a schema without the blanks at its ends, those of a literal too. */
export function hasLineBreak(text: string): boolean {
  return /[\n\r\u2028\u2029]/.test(text);
}

/** A literal of SQL. */
export function quoted(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function listColumn(of: ShapeType): Column | undefined {
  if (of.is === 'string' && of.format === undefined)
    return {
      property: { type: new TextArray(), columnTypes: ['text[]'] },
      limit: limits.each(limits.text),
    };
  if (of.is === 'int')
    return plain('integer[]', 'int[]', limits.each(limits.whole(...limits.INT32)));
  return undefined;
}

function jsonColumn(type: ShapeType): Column | undefined {
  const revive = revival(type);
  if (revive === 'lost') return undefined;
  return {
    property: { type: new RevivedJson(revive), columnTypes: ['jsonb'] },
    limit: limits.json,
  };
}
