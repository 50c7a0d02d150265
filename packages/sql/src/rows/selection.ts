import { ReferenceKind, type EntityProperty } from '@mikro-orm/core';
import { rowTableOf, type RowColumn, type RowTable } from './row-table';

/** What a statement reads of a table, and what is read with it. */
export interface Selection {
  readonly table: RowTable;
  /** The name of the table in the statement. */
  readonly alias: string;
  readonly columns: readonly RowColumn[];
  /** Relations that are joined. */
  readonly one: ReadonlyMap<string, Selection>;
  /** Relations that take a statement of their own. */
  readonly many: ReadonlyMap<string, ManySelection>;
}
export interface ManySelection {
  readonly property: EntityProperty;
  readonly rows: Selection;
}

type Tree = Map<string, Tree>;

/**
 * What is read of an entity with these relations.
 *
 * @param populate names of relations, with dots for those of relations
 * @param fields names of the columns; all that are not lazy where it is undefined
 * @returns undefined where only the library knows how
 */
export function selectionOf(
  table: RowTable,
  populate: readonly string[],
  fields: readonly string[] | undefined,
): Selection | undefined {
  const tree: Tree = new Map();
  for (const path of populate) {
    let at = tree;
    for (const name of path.split('.')) {
      const next: Tree = at.get(name) ?? new Map<string, Tree>();
      at.set(name, next);
      at = next;
    }
  }
  return select(table, tree, fields, { made: 0 });
}

function select(
  table: RowTable,
  tree: Tree,
  fields: readonly string[] | undefined,
  aliases: { made: number },
): Selection | undefined {
  const alias = `t${aliases.made++}`;
  const one = new Map<string, Selection>();
  const many = new Map<string, ManySelection>();
  for (const [name, below] of tree) {
    const property = table.meta.properties[name as never] as EntityProperty | undefined;
    const target = property?.targetMeta && rowTableOf(property.targetMeta);
    if (property === undefined || target === undefined) return undefined;
    const isOne = property.kind === ReferenceKind.MANY_TO_ONE;
    const selection = select(target, below, undefined, isOne ? aliases : { made: 0 });
    if (selection === undefined) return undefined;
    if (isOne) one.set(name, selection);
    else if (property.orderBy !== undefined) return undefined;
    else many.set(name, { property, rows: selection });
  }
  const columns = columnsOf(table, fields);
  return columns && { table, alias, columns, one, many };
}

/** The key is always read, which relations are found by. */
function columnsOf(
  table: RowTable,
  fields: readonly string[] | undefined,
): readonly RowColumn[] | undefined {
  const all = [...table.columns.values()];
  if (fields === undefined) return all.filter(({ property }) => property.lazy !== true);
  if (!fields.every((name) => table.columns.has(name))) return undefined;
  return all.filter((column) => column === table.key || fields.includes(column.field));
}
