import { ResponseValidationError } from '../errors/response-validation-error';
import type { FieldFilter } from '../declare/options/field-filter';
import type { Schema } from '../schema/schema';
import { interpret } from '../validate/interpret';
import { isThenable } from '../errors/async';
import { Writers } from './serializer-writers';

const serializers = new WeakMap<Schema, Map<string, (value: unknown) => string>>();

/**
 * Gives the function that writes values of a response model as JSON: the declared fields and nothing else, at any depth.
 * A value that does not fit is converted if it can be; else the function throws `ResponseValidationError`.
 */
export function serializerOf(schema: Schema, filter: FieldFilter = {}): (value: unknown) => string {
  const key = JSON.stringify(filter);
  const known = serializers.get(schema) ?? new Map<string, (value: unknown) => string>();
  serializers.set(schema, known);
  let serializer = known.get(key);
  if (serializer === undefined) {
    serializer = makeSerializer(schema, filter);
    known.set(key, serializer);
  }
  return serializer;
}

function makeSerializer(schema: Schema, filter: FieldFilter): (value: unknown) => string {
  const write = new Writers(filter).of(schema);
  return (value) => {
    try {
      return write(value, true) ?? write(converted(schema, value), false) ?? unwritable(value);
    } catch (error) {
      if (error instanceof RangeError)
        throw new TypeError('The response contains itself or is nested too deeply.', {
          cause: error,
        });
      throw error;
    }
  };
}

/** The value as the response model wants it. */
function converted(schema: Schema, value: unknown): unknown {
  const outcome = interpret(schema, value, { loc: ['response'], mode: 'json', output: true });
  if (isThenable(outcome)) {
    throw new TypeError(
      'The response model has an asynchronous validator, which cannot check a plain object: return an instance of its class.',
    );
  }
  if (outcome.issues.length > 0) throw new ResponseValidationError(outcome.issues);
  return outcome.value;
}

function unwritable(value: unknown): never {
  const msg = 'Value error, it has no form in JSON';
  throw new ResponseValidationError([
    { type: 'value_error', loc: ['response'], msg, input: value, ctx: { error: {} } },
  ]);
}
