import { some } from '../schema/visit';
import type { Schema } from '../schema/schema';

/** Whether reading a value may have to wait: a constraint or hook of the program's may be asynchronous. */
export function mayWait(schema: Schema): boolean {
  return some(schema, callsWhatMayWait);
}

/** Whether reading a value calls any function of the program's. */
export function callsProgram(schema: Schema): boolean {
  return some(schema, (part) => callsWhatMayWait(part) || chooses(part));
}

function callsWhatMayWait(schema: Schema): boolean {
  if (schema.checks?.some((check) => check.test !== undefined) === true) return true;
  if (schema.kind === 'library') return true;
  if (schema.kind !== 'object') return false;
  return (
    [schema, ...schema.fields].some(({ before, after }) => before.length + after.length > 0) ||
    schema.fields.some(({ transformIn }) => transformIn.length > 0)
  );
}

/** Whether conditions say what is checked, or a function says which member of a union is meant. */
function chooses(schema: Schema): boolean {
  if (schema.checks?.some((check) => check.when !== undefined) === true) return true;
  if (schema.kind === 'object')
    return schema.fields.some((field) => field.conditional !== undefined);
  return (
    schema.kind === 'union' &&
    schema.discriminator !== undefined &&
    schema.discriminator.field === undefined
  );
}
