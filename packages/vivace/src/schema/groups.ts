import { mapChildren } from './visit';
import type { Field, ObjectSchema, Schema } from './schema';

/** One schema for all uses of a DTO in the same groups, so that it is one component. */
const known = new WeakMap<ObjectSchema, Map<string, ObjectSchema>>();

/** A schema with the constraints of class-validator and the fields of class-transformer that count in some groups; its DTOs are named by them: `Item_create`. */
export function schemaInGroups(schema: Schema, groups: readonly string[] | undefined): Schema {
  if (groups === undefined || groups.length === 0) return schema;
  return schema.kind === 'object'
    ? objectInGroups(schema, groups)
    : mapChildren(schema, (child) => schemaInGroups(child, groups));
}

/** The field of a DTO, as it is validated in some groups. */
export function fieldInGroups(field: Field, groups: readonly string[] | undefined): Field {
  if (groups === undefined || groups.length === 0) return field;
  const counted = field.inGroups?.(groups) ?? field;
  return { ...counted, schema: schemaInGroups(counted.schema, groups) };
}

function objectInGroups(schema: ObjectSchema, groups: readonly string[]): ObjectSchema {
  const all = known.get(schema) ?? new Map<string, ObjectSchema>();
  known.set(schema, all);
  const key = JSON.stringify(groups);
  const before = all.get(key);
  if (before !== undefined) return before;
  let fields: readonly Field[] | undefined;
  const made: ObjectSchema = {
    ...schema,
    name:
      schema.name === undefined
        ? undefined
        : [schema.name, ...groups].join('_').replaceAll(/[^\w.-]/g, '_'),
    // Read later: a DTO may hold itself.
    get fields() {
      return (fields ??= schema.fields.map((field) => fieldInGroups(field, groups)));
    },
  };
  all.set(key, made);
  return made;
}
