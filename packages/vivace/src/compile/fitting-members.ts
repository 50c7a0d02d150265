import type { ObjectSchema } from '../schema/schema';
import { INVALID, type Fitting } from '../validate/validation-state';
import { callsProgram } from '../validate/user-code';
import { validatorOf } from '../validate/validator';

/**
 * Reads the objects inside a body that fit by their validators, so that only those that do not have to be explained.
 * What calls functions of the program is explained, so that they are not called more often.
 */
export function fittingParts(body: unknown): Fitting {
  return (schema, value) => (value === body ? INVALID : readerOf(schema)(value));
}

const readers = new WeakMap<ObjectSchema, (value: unknown) => unknown>();

function readerOf(schema: ObjectSchema): (value: unknown) => unknown {
  let read = readers.get(schema);
  if (read === undefined) {
    read = callsProgram(schema) ? () => INVALID : validatorOf(schema);
    readers.set(schema, read);
  }
  return read;
}
