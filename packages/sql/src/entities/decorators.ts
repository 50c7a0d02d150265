import { recordField, recordIndex, recordTable } from './facts';
import type { ColumnOptions, TableFacts } from './facts';

/**
 * Makes a class a table: its public fields are columns, whose types, defaults and rules are those of
 * the class. List it in `database({ entities })`.
 *
 * @param options.table the name of the table; by default that of the class in snake case
 * @param options.schema the schema it stands in
 * @param options.filters filters of MikroORM by name, such as rows that are not deleted: asked for by
 *   `{ filters: ['alive'] }`, always on with `default: true`
 * @example
 * @Entity()
 * class Hero { @Id() id!: int; name!: string }
 */
export function Entity(options: TableFacts = {}): ClassDecorator {
  return (type) => recordTable(type, options);
}

/**
 * The primary key. Numbers are made by the database; a `uuid` (version 7) by the program when the row
 * is added, unless it is given. On several fields: a key of several columns.
 */
export function Id(): PropertyDecorator {
  return (target, key) => recordField(target, key, { id: true });
}

/**
 * No two rows have the same value; above a class, of several fields together.
 *
 * @param options.of the fields, above a class
 * @param options.name the name of the constraint
 * @param options.deferred checked at the commit, so that rows may change places
 * @example
 * @Unique({ of: ['room', 'number'] })
 */
export function Unique(options?: { name?: string }): PropertyDecorator;
export function Unique(options: {
  of: readonly string[];
  name?: string;
  deferred?: boolean;
}): ClassDecorator;
export function Unique(
  options: { of?: readonly string[]; name?: string; deferred?: boolean } = {},
): PropertyDecorator & ClassDecorator {
  return indexed({ ...options, unique: true });
}

/**
 * Rows are found by this field without reading all; above a class, by several fields together.
 *
 * @param options.of the fields, above a class
 * @param options.name the name of the index
 */
export function Index(options?: { name?: string }): PropertyDecorator;
export function Index(options: { of: readonly string[]; name?: string }): ClassDecorator;
export function Index(
  options: { of?: readonly string[]; name?: string } = {},
): PropertyDecorator & ClassDecorator {
  return indexed({ ...options, unique: false });
}

function indexed(options: {
  of?: readonly string[];
  name?: string;
  deferred?: boolean;
  unique: boolean;
}): PropertyDecorator & ClassDecorator {
  return (target: object, key?: string | symbol): void =>
    key === undefined
      ? recordIndex(target as Function, { of: [], ...options })
      : recordIndex(target.constructor, { ...options, of: [String(key)] });
}

/**
 * What types do not say about a column.
 *
 * @example
 * @Column({ precision: 12, scale: 2 }) price!: decimal;
 */
export function Column(options: ColumnOptions): PropertyDecorator {
  return (target, key) => recordField(target, key, { column: options });
}

/** A field that is not kept. */
export function Transient(): PropertyDecorator {
  return (target, key) => recordField(target, key, { transient: true });
}

/**
 * The end of a relation that holds many. The other end holds the key, and needs no decorator:
 * `team: Rel<Team> | null = null`.
 *
 * @param of gives the class of the other end
 * @param end the field of the other end
 * @param options.orphans `'remove'`: what leaves the collection is deleted
 * @example
 * @Many(() => Hero, 'team') heroes = new Collection<Hero>(this);
 */
export function Many<T extends object>(
  of: () => abstract new (...args: never[]) => T,
  end: keyof T & string,
  options: { orphans?: 'keep' | 'remove' } = {},
): PropertyDecorator {
  return (target, key) => recordField(target, key, { many: { kind: '1:m', of, end, ...options } });
}

/**
 * Both ends hold many: a table between them is made.
 *
 * @param of gives the class of the other end
 * @param end the field of the other end, which owns the table; left out where this end owns it
 * @example
 * @ManyToMany(() => Tag) tags = new Collection<Tag>(this);
 */
export function ManyToMany<T extends object>(
  of: () => abstract new (...args: never[]) => T,
  end?: keyof T & string,
): PropertyDecorator {
  return (target, key) =>
    recordField(target, key, {
      many: { kind: 'm:n', of, ...(end === undefined ? {} : { end }) },
    });
}

/** What becomes of a row when the row that it points to is deleted. */
export function OnDelete(rule: 'cascade' | 'set null' | 'restrict'): PropertyDecorator {
  return (target, key) => recordField(target, key, { onDelete: rule });
}
