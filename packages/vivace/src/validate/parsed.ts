import { isThenable } from '../errors/async';
import { RequestValidationError } from '../errors/request-validation-error';
import type { Schema } from '../schema/schema';
import { interpret } from './interpret';
import { INVALID, validatorOf } from './validator';

/**
 * The value that a schema reads at once.
 *
 * @throws RequestValidationError if it does not fit
 */
export function parsed(schema: Schema, value: unknown, groups?: readonly string[]): unknown {
  const reading = { mode: 'json', ...(groups !== undefined && { groups }) } as const;
  const read = validatorOf(schema, reading)(value);
  if (read !== INVALID) return read;
  const outcome = interpret(schema, value, { loc: [], ...reading });
  if (isThenable(outcome))
    throw new TypeError('The type has an asynchronous validator, which parse() cannot wait for.');
  if (outcome.issues.length > 0) throw new RequestValidationError(outcome.issues, value);
  return outcome.value;
}
