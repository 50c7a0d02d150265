import { ReferenceKind, type EntityMetadata, type EntityProperty } from '@mikro-orm/core';
import { tableOf } from '../entities/schema';
import { codecOf, type Codec } from './codecs';
import { notLoaded } from './not-loaded';

/** A table whose rows need no library to be read and written. */
export interface RowTable {
  readonly meta: EntityMetadata;
  /** As SQL. */
  readonly name: string;
  readonly key: RowColumn;
  readonly columns: ReadonlyMap<string, RowColumn>;
  /** The prototype of its rows: that of the class, with plain fields where the library has accessors. */
  readonly prototype: object;
}
export interface RowColumn {
  readonly field: string;
  /** As SQL. */
  readonly name: string;
  readonly codec: Codec;
  readonly property: EntityProperty;
  /** Null is read as nothing. */
  readonly absent: boolean;
  /** Of a relation that this table holds the key of. */
  readonly target?: EntityMetadata;
}

const known = new WeakMap<EntityMetadata, RowTable | false>();

/** Undefined for a table that only the library knows how to treat. */
export function rowTableOf(meta: EntityMetadata): RowTable | undefined {
  const table = known.get(meta) ?? read(meta) ?? false;
  known.set(meta, table);
  return table === false ? undefined : table;
}

function read(meta: EntityMetadata): RowTable | undefined {
  const filtered = Object.values(meta.filters).some((filter) => filter.default === true);
  const inherits = meta.inheritanceType !== undefined || meta.root.class !== meta.class;
  const fields = tableOf(meta.class)?.fields;
  if (filtered || inherits || meta.primaryKeys.length !== 1 || fields === undefined)
    return undefined;
  const columns = new Map<string, RowColumn>();
  for (const property of meta.props) {
    if (MANY.includes(property.kind)) continue;
    const column = columnOf(property, fields.get(property.name)?.absent === true);
    if (column === undefined) return undefined;
    columns.set(property.name, column);
  }
  const key = columns.get(meta.primaryKeys[0]!)!;
  if (key.target !== undefined) return undefined;
  const schema = meta.schema === undefined ? '' : `${identifier(meta.schema)}.`;
  const name = `${schema}${identifier(meta.tableName)}`;
  return { meta, name, key, columns, prototype: prototypeOf(meta) };
}

const MANY: readonly ReferenceKind[] = [ReferenceKind.ONE_TO_MANY, ReferenceKind.MANY_TO_MANY];

function columnOf(property: EntityProperty, absent: boolean): RowColumn | undefined {
  const { kind, targetMeta, fieldNames, ref, persist } = property;
  const known = [ReferenceKind.SCALAR, ReferenceKind.MANY_TO_ONE].includes(kind);
  if (!known || persist === false || ref === true || fieldNames.length !== 1) return undefined;
  const codec = codecOf(targetMeta?.getPrimaryProp() ?? property);
  return (
    codec && {
      field: property.name,
      name: identifier(fieldNames[0]!),
      codec,
      property,
      absent,
      ...(targetMeta !== undefined && { target: targetMeta }),
    }
  );
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function prototypeOf(meta: EntityMetadata): object {
  const prototype = Object.create(meta.prototype as object) as object;
  for (const { name, kind } of meta.props)
    Object.defineProperty(prototype, name, {
      value: MANY.includes(kind) ? notLoaded(`${meta.className}.${name}`) : undefined,
      writable: true,
      configurable: true,
    });
  return prototype;
}
