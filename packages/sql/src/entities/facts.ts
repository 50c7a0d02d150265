import type { FilterDef } from '@mikro-orm/core';

/** What the decorators say about a class, as data; `schema.ts` reads it when the database is built. */
export interface TableFacts {
  readonly table?: string;
  readonly schema?: string;
  readonly filters?: Readonly<Record<string, FilterDef>>;
}
export interface IndexFacts {
  readonly of: readonly string[];
  readonly name?: string;
  readonly unique: boolean;
  readonly deferred?: boolean;
}
export interface ManyFacts {
  readonly kind: '1:m' | 'm:n';
  readonly of: () => Function;
  /** The field of the other end; without it this end owns the table between. */
  readonly end?: string;
  readonly orphans?: 'keep' | 'remove';
}
export interface ColumnOptions {
  /** The name of the column; by default that of the field in snake case. */
  name?: string;
  /** A type of PostgreSQL, such as `citext`. */
  type?: string;
  /** A literal, or `sql` of what the database computes. */
  default?: unknown;
  /** How many digits a `decimal` has altogether. */
  precision?: number;
  /** How many of them stand behind the point. */
  scale?: number;
  /** Gives the value that the field has after each change of the row. */
  onUpdate?: () => unknown;
  /** Read only where a program asks for it. */
  lazy?: boolean;
  /** Counts the changes of the row, so that of two at once one is refused. */
  version?: boolean;
}
export interface FieldFacts {
  readonly id?: true;
  readonly transient?: true;
  readonly many?: ManyFacts;
  readonly onDelete?: 'cascade' | 'set null' | 'restrict';
  readonly column?: ColumnOptions;
}
interface ClassFacts {
  table?: TableFacts;
  readonly fields: Map<string, FieldFacts>;
  readonly indexes: IndexFacts[];
}

const known = new WeakMap<Function, ClassFacts>();

function factsOf(type: Function): ClassFacts {
  const facts = known.get(type) ?? { fields: new Map(), indexes: [] };
  known.set(type, facts);
  return facts;
}

export function recordTable(type: Function, table: TableFacts): void {
  factsOf(type).table = table;
}

export function recordField(target: object, key: string | symbol, fact: FieldFacts): void {
  const { fields } = factsOf(target.constructor);
  fields.set(String(key), { ...fields.get(String(key)), ...fact });
}

export function recordIndex(type: Function, index: IndexFacts): void {
  factsOf(type).indexes.push(index);
}

/** Undefined for a class without `@Entity()`. */
export function tableFacts(type: Function): TableFacts | undefined {
  return known.get(type)?.table;
}

/** Of the class and of those it extends, which need no `@Entity()`. */
export function fieldFacts(type: Function): ReadonlyMap<string, FieldFacts> {
  return new Map(lineOf(type).flatMap((each) => [...(known.get(each)?.fields ?? [])]));
}

export function indexFacts(type: Function): readonly IndexFacts[] {
  return lineOf(type).flatMap((each) => known.get(each)?.indexes ?? []);
}

/** The class and those it extends, the farthest first. */
function lineOf(type: Function): readonly Function[] {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype
    ? [...lineOf(parent), type]
    : [type];
}
