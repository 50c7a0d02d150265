import { ResponseValidationError } from '../errors/response-validation-error';
import type { FieldFilter } from '../declare/options/field-filter';
import type { Schema } from '../schema/schema';
import { interpret } from '../validate/interpret';
import type { Outcome } from '../validate/validation-state';
import { isThenable } from '../errors/async';
import { Writers } from './serializer-writers';

/** Gives the text, or a promise of it where a schema of another library or a validator has to wait. */
export type Serialize = (value: unknown) => string | Promise<string>;

const serializers = new WeakMap<Schema, Map<string, Serialize>>();

/**
 * Gives the function that writes values of a response model as JSON: the declared fields and nothing else, at any depth.
 * A value that does not fit is converted if it can be; else the function throws `ResponseValidationError`.
 */
export function serializerOf(schema: Schema, filter: FieldFilter = {}): Serialize {
  const key = JSON.stringify(filter);
  const known = serializers.get(schema) ?? new Map<string, Serialize>();
  serializers.set(schema, known);
  let serializer = known.get(key);
  if (serializer === undefined) {
    serializer = makeSerializer(schema, filter);
    known.set(key, serializer);
  }
  return serializer;
}

function makeSerializer(schema: Schema, filter: FieldFilter): Serialize {
  const write = new Writers(filter).of(schema);
  const writeRead = (outcome: Outcome, value: unknown): string => {
    if (outcome.issues.length > 0) throw new ResponseValidationError(outcome.issues);
    return write(outcome.value, false) ?? unwritable(value);
  };
  return (given) => {
    // What a type calls undefined is null in JSON.
    const value = given === undefined ? null : given;
    try {
      const text = write(value, true);
      if (text !== undefined) return text;
      const outcome = interpret(schema, value, { loc: ['response'], mode: 'json', output: true });
      return isThenable(outcome)
        ? outcome.then((read) => writeRead(read, value))
        : writeRead(outcome, value);
    } catch (error) {
      if (error instanceof RangeError)
        throw new TypeError('The response contains itself or is nested too deeply.', {
          cause: error,
        });
      throw error;
    }
  };
}

function unwritable(value: unknown): never {
  const msg = 'Value error, it has no form in JSON';
  throw new ResponseValidationError([
    { type: 'value_error', loc: ['response'], msg, input: value, ctx: { error: {} } },
  ]);
}
