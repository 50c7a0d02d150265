import type { Schema } from '../schema/schema';
import type { ReadOptions } from './explain';
import { validatorsFor } from './validators';

export { INVALID } from './explain-reading';

/**
 * Gives the function that reads values of a schema: the instance with its conversions, or `INVALID`.
 * It says `INVALID` also where it cannot know at once; `explain` has the last word and says why.
 */
export function validatorOf(
  schema: Schema,
  options: Partial<ReadOptions> = {},
): (value: unknown) => unknown {
  return validatorsFor({ mode: 'json', ...options }).of(schema);
}

/** The text of that function. */
export function validatorSource(schema: Schema, options: Partial<ReadOptions> = {}): string {
  return validatorsFor({ mode: 'json', ...options }).source(schema);
}
