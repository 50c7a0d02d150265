import type { Column } from '@mikro-orm/sql';

/** How a column is written in a class. */
export interface Written {
  /** Its type in TypeScript. */
  readonly type: string;
  /** Rules and options that it needs besides, such as `@MaxLength(80)`. */
  readonly marks: readonly string[];
}

/** Rules within which a whole number has 32 bits. */
const INT32 = ['@Min(-2_147_483_648)', '@Max(2_147_483_647)'];

const TYPES: Readonly<Record<string, Written>> = {
  int4: { type: 'int', marks: INT32 },
  float8: { type: 'number', marks: [] },
  bool: { type: 'boolean', marks: [] },
  text: { type: 'string', marks: [] },
  uuid: { type: 'uuid', marks: [] },
  date: { type: 'date', marks: [] },
  'time(6)': { type: 'time', marks: [] },
  bytea: { type: 'bytes', marks: [] },
  numeric: { type: 'decimal', marks: [] },
  'timestamptz(3)': { type: 'Date', marks: [] },
  'text[]': { type: 'string[]', marks: [] },
  'int4[]': { type: 'int[]', marks: [] },
  jsonb: { type: 'Record<string, unknown>', marks: [] },
};

/** What has another type in PostgreSQL than the class alone would give it. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\[\]$/, 'string[]'],
  [/^int2/, 'int'],
  [/^float4/, 'number'],
  [/^timestamp/, 'Date'],
  [/^json/, 'Record<string, unknown>'],
  [/^time/, 'time'],
];

/**
 * A column as a field.
 *
 * @param isKey whether rows are told apart by it: such numbers stay within what JavaScript counts exactly
 */
export function writtenColumn(column: Column, isKey: boolean): Written {
  const { type, length, precision, scale, enumItems = [] } = column;
  if (enumItems.length > 0) return { type: enumItems.map(quoted).join(' | '), marks: [] };
  if (type === 'int8') return { type: isKey ? 'int' : 'bigint', marks: [] };
  if (type.startsWith('varchar(')) return { type: 'string', marks: [`@MaxLength(${length})`] };
  if (type.startsWith('numeric('))
    return { type: 'decimal', marks: [`@Column({ precision: ${precision}, scale: ${scale} })`] };
  const known = TYPES[type];
  if (known !== undefined) return known;
  const [, kind = 'string'] = KINDS.find(([pattern]) => pattern.test(type)) ?? [];
  return { type: kind, marks: [`@Column({ type: ${quoted(type)} })`] };
}

/** A literal of TypeScript. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}
