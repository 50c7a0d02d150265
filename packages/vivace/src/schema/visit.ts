import type { Schema } from './schema';

/** Whether something holds for a schema, or for any of those inside it. */
export function someSchema(
  schema: Schema,
  holds: (schema: Schema) => boolean,
  seen = new Set<Schema>(),
): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  return holds(schema) || partsOf(schema).some((part) => someSchema(part, holds, seen));
}

/** The schemas that a schema is made of. */
export function partsOf(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case 'list':
      return [schema.items];
    case 'tuple':
      return schema.rest === undefined ? schema.items : [...schema.items, schema.rest];
    case 'record':
      return [schema.keys, schema.values];
    case 'union':
      return schema.members;
    case 'recursive':
    case 'secret':
      return [schema.inner];
    case 'object':
      return schema.fields.map((field) => field.schema);
    default:
      return [];
  }
}
