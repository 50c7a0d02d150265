import type { Schema } from '../schema/schema';
import type { ReadOptions } from './interpret';
import { faultless } from './refusing-errors';
import { callsProgram } from './user-code';
import { validatorsFor } from './validators';

export { INVALID } from './validation-state';

/**
 * Gives the function that reads values of a schema: the instance with its conversions, or `INVALID`.
 * It says `INVALID` also where it cannot know at once; `interpret` has the last word and says why.
 */
export function validatorOf(
  schema: Schema,
  options: Partial<ReadOptions> = {},
): (value: unknown) => unknown {
  const read = validatorsFor({ mode: 'json', ...options }).of(schema);
  return callsProgram(schema) ? faultless(read) : read;
}

/** The text of that function. */
export function validatorSource(schema: Schema, options: Partial<ReadOptions> = {}): string {
  return validatorsFor({ mode: 'json', ...options }).source(schema);
}
