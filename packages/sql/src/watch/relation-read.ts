import type { MetadataStorage } from '@mikro-orm/core';

/** A field that reads rows of another entity. */
export interface RelationRead {
  readonly entity: string;
  readonly field: string;
}

/** `from "team" as "t0" where "t0"."id" =`, as MikroORM writes it; row statements leave out `as` and the quotes of `t0`. */
const READ =
  /\bfrom (?:"\w+"\.)?"(?<table>\w+)"(?: (?:as )?"?\w+"?)? where (?:"?\w+"?\.)?"(?<column>\w+)" (?:=|in)/;

/** Which relation a statement reads that finds rows of a table by one column; undefined: it is none. */
export function relationRead(
  statement: string,
  metadata: MetadataStorage,
): RelationRead | undefined {
  const { table, column } = READ.exec(statement)?.groups ?? {};
  const all = [...metadata.getAll().values()];
  const target = all.find(({ tableName }) => tableName === table);
  const property = target?.props.find(({ fieldNames }) => fieldNames?.[0] === column);
  if (target === undefined || property === undefined) return undefined;
  // By their key: rows that others point to. By a key of others: the other end of that relation.
  const found = property.primary
    ? all
        .flatMap((meta) => meta.relations.map((relation) => ({ meta, relation })))
        .find(({ relation }) => relation.targetMeta?.tableName === table && relation.owner)
    : property.targetMeta?.relations
        .map((relation) => ({ meta: property.targetMeta!, relation }))
        .find(
          ({ relation }) =>
            relation.mappedBy === property.name && relation.targetMeta?.tableName === table,
        );
  return found && { entity: found.meta.className, field: found.relation.name };
}
