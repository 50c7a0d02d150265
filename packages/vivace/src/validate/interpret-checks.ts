import { childrenInPlace, some } from '../schema/visit';
import type { Check, Words } from '../schema/check';
import { ruleOf } from '../schema/rules/index';
import type { Problem } from '../schema/rules/rule';
import { valueError } from '../schema/rules/words';
import type { ScalarSchema, Schema } from '../schema/schema';
import { Refusal } from './refusal';
import { faultOf } from './refusing-errors';
import { readScalar, type Mode } from './scalars';
import { settle, type ValidationState, type Steps } from './validation-state';

/** Whether a constraint may look at the object around the value. */
export function seesObject(check: Check): boolean {
  return check.test !== undefined || check.when !== undefined;
}

/** Whether a constraint of a value, or of a part of it that is no object of its own, may do so. */
export function someSeesObject(schema: Schema): boolean {
  return some(schema, ({ checks }) => checks?.some(seesObject) === true, childrenInPlace);
}

/** The first constraint of a schema that a value of its type breaks. */
export function* broken(
  schema: Schema,
  value: unknown,
  reading: ValidationState,
): Steps<Problem | undefined> {
  if (schema.checks === undefined || reading.trusted) return undefined;
  const { object } = reading;
  for (const check of schema.checks) {
    if (check.when?.(value, object) === false) continue;
    const holds =
      check.test === undefined
        ? ruleOf(check).test(value, check.args)
        : yield* tested(check.test, value, object);
    if (!holds) return problemOf(check, schema, value, object);
  }
  return undefined;
}

/** The same where none of them calls the program. */
export function brokenNow(schema: Schema, value: unknown): Problem | undefined {
  for (const check of schema.checks ?? [])
    if (!ruleOf(check).test(value, check.args)) return problemOf(check, schema, value, undefined);
  return undefined;
}

/** What is wrong with a value without parts, whose constraints do not call the program. */
export function scalarProblem(
  schema: ScalarSchema,
  input: unknown,
  mode: Mode,
): Problem | undefined {
  const value = readScalar(schema, input, mode);
  return value instanceof Refusal
    ? reworded(value, schema.words, input, undefined)
    : brokenNow(schema, value);
}

function* tested(
  test: NonNullable<Check['test']>,
  value: unknown,
  object: object | undefined,
): Steps<unknown> {
  try {
    return yield* settle(test(value, object));
  } catch (error) {
    throw faultOf(error);
  }
}

function problemOf(
  check: Check,
  schema: Schema,
  value: unknown,
  object: object | undefined,
): Problem {
  if (check.rule === 'custom' && check.message !== undefined)
    return withContext(valueError(check.message(value, object)), check);
  return reworded(ruleOf(check).explain(check.args, value, schema), check, value, object);
}

/** A problem in the words of the user. */
export function reworded<P extends Problem>(
  problem: P,
  words: Words | undefined,
  value: unknown,
  object: object | undefined,
): P {
  if (words === undefined) return problem;
  const msg = words.message?.(value, object);
  return withContext(msg === undefined ? problem : { ...problem, msg }, words);
}

function withContext<P extends Problem>(problem: P, { context }: Words): P {
  return context === undefined ? problem : { ...problem, ctx: { ...problem.ctx, ...context } };
}
