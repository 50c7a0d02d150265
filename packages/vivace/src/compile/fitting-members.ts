import type { ScalarSchema, Schema } from '../schema/schema';
import { isScalar } from '../schema/kinds';
import { ruleOf } from '../schema/rules/index';
import { INVALID, type Fitting } from '../validate/validation-state';
import { Refusal } from '../validate/refusal';
import { readScalar } from '../validate/scalars';
import { callsProgram } from '../validate/user-code';
import { validatorOf } from '../validate/validator';

type Read = (value: unknown) => unknown;

/**
 * Reads the parts of a body that fit by their validators, so that only those that do not have to be explained.
 * What calls functions of the program is explained, so that they are not called more often.
 */
export const readFittingPart: Fitting = (schema, value) => readerOf(schema)(value);

const readers = new WeakMap<Schema, Read>();

function readerOf(schema: Schema): Read {
  let read = readers.get(schema);
  if (read === undefined) {
    read = makeReader(schema);
    readers.set(schema, read);
  }
  return read;
}

function makeReader(schema: Schema): Read {
  if (callsProgram(schema)) return () => INVALID;
  return isScalar(schema) ? scalarReader(schema) : validatorOf(schema);
}

/** Printing a function for each scalar of a DTO would take longer than it saves. */
function scalarReader(schema: ScalarSchema): Read {
  const checks = (schema.checks ?? []).map((check) => ({
    test: ruleOf(check).test,
    args: check.args,
  }));
  return (sent) => {
    const value = readScalar(schema, sent, 'json');
    if (value instanceof Refusal) return INVALID;
    for (const { test, args } of checks) if (!test(value, args)) return INVALID;
    return value;
  };
}
