import type { Schema } from '../schema/schema';
import { readNow } from './explain';
import type { Mode } from './scalars';

export { INVALID } from './explain-reading';

export interface ValidatorOptions {
  readonly mode?: Mode;
  readonly groups?: readonly string[];
}

export function validatorOf(schema: Schema, { mode = 'json', groups }: ValidatorOptions = {}): (value: unknown) => unknown {
  return (value) => readNow(schema, value, { mode, ...(groups === undefined ? {} : { groups }) });
}
