import type { EntityMetadata, EntityProperty, MetadataStorage } from '@mikro-orm/core';

/** What PostgreSQL says of a statement that it refused. */
export interface Refusal {
  readonly code?: string;
  readonly message: string;
  /** `Key (email)=(ada@example.com) already exists.`, in the language of the server. */
  readonly detail?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly constraint?: string;
}

/** The class of a table, and the fields of a constraint that a value of them breaks. */
export interface BrokenConstraint {
  readonly entity: string;
  readonly fields: readonly string[];
  /** Whether the fields are those of the other table, in which a row is missed. */
  readonly isOther: boolean;
}

/**
 * Which fields a refusal speaks of. Values are in the same text, and are not looked at.
 *
 * @param metadata of the entities; a table that is none of theirs keeps the names of its columns
 */
export function brokenConstraint(refusal: Refusal, metadata: MetadataStorage): BrokenConstraint {
  const { table = '', schema, constraint = '', detail = '' } = refusal;
  const meta = metaOf(metadata, table, schema);
  const key = /\((.+?)\)=\(/s.exec(detail)?.[1];
  const names = key?.match(/"(?:[^"]|"")+"|[\w$]+/g)?.map(unquoted) ?? [];
  const found = names.flatMap((name) => propertyOf(meta, name)?.name ?? []);
  const own = names.length > 0 && found.length === 0 ? names : [...new Set(found)];
  // The keys of others, by which a foreign key is named: `hero_team_id_foreign`.
  const relation = meta?.relations.find(
    ({ fieldNames: [column] = [] }) =>
      column !== undefined && constraint.startsWith(`${meta.tableName}_${column}_foreign`),
  );
  const isOther = relation !== undefined && !names.includes(relation.fieldNames[0]!);
  const named = isOther ? [relation.name] : own;
  return {
    entity: meta?.className ?? table,
    fields: named.length > 0 ? named : [checkedField(meta, constraint) ?? constraint],
    isOther,
  };
}

function metaOf(
  metadata: MetadataStorage,
  table: string,
  schema = 'public',
): EntityMetadata | undefined {
  return [...metadata.getAll().values()].find(
    (meta) => meta.tableName === table && (meta.schema ?? 'public') === schema,
  );
}

function propertyOf(meta: EntityMetadata | undefined, column: string): EntityProperty | undefined {
  return meta?.props.find(({ fieldNames }) => fieldNames?.includes(column));
}

/** Names of checks hold the column that they are for: `hero_rank_check`. */
function checkedField(meta: EntityMetadata | undefined, constraint: string): string | undefined {
  const check = meta?.checks.find(({ name }) => name === constraint);
  const named = meta?.props.filter(({ fieldNames: [column] = [] }) =>
    constraint.startsWith(`${meta.tableName}_${column}_`),
  );
  return (
    (check?.property as string | undefined) ??
    named?.toSorted((a, b) => b.fieldNames[0]!.length - a.fieldNames[0]!.length)[0]?.name
  );
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
