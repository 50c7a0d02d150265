import type { Schema } from '../schema/schema';

/** Whether reading a value may have to wait: a constraint or hook of the program's may be asynchronous. */
export function mayWait(schema: Schema): boolean {
  return someSchema(schema, callsWhatMayWait);
}

/** Whether reading a value calls any function of the program's. */
export function callsProgram(schema: Schema): boolean {
  return someSchema(schema, (part) => callsWhatMayWait(part) || chooses(part));
}

function callsWhatMayWait(schema: Schema): boolean {
  if (schema.checks?.some((check) => check.test !== undefined) === true) return true;
  if (schema.kind !== 'object') return false;
  return [schema, ...schema.fields].some(({ before, after }) => before.length + after.length > 0);
}

/** Whether conditions say what is checked, or a function says which member of a union is meant. */
function chooses(schema: Schema): boolean {
  if (schema.checks?.some((check) => check.when !== undefined) === true) return true;
  if (schema.kind === 'object') return schema.fields.some((field) => field.when !== undefined);
  return schema.kind === 'union' && schema.discriminator !== undefined && schema.discriminator.field === undefined;
}

function someSchema(schema: Schema, holds: (schema: Schema) => boolean, seen = new Set<Schema>()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  return holds(schema) || partsOf(schema).some((part) => someSchema(part, holds, seen));
}

function partsOf(schema: Schema): readonly Schema[] {
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
