import { childrenInPlace, some } from '../schema/visit';
import type { Check, Words } from '../schema/check';
import { ruleOf } from '../schema/rules/index';
import type { Problem } from '../schema/rules/rule';
import { valueError } from '../schema/rules/words';
import type { Schema } from '../schema/schema';
import { faultOf } from './refusing-errors';
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
  for (const check of schema.checks) {
    const problem = yield* problemOf(check, schema, value, reading.object);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function* problemOf(
  check: Check,
  schema: Schema,
  value: unknown,
  object: object | undefined,
): Steps<Problem | undefined> {
  if (check.when?.(value, object) === false) return undefined;
  const rule = ruleOf(check);
  try {
    if (
      check.test === undefined
        ? rule.test(value, check.args)
        : yield* settle(check.test(value, object))
    )
      return undefined;
  } catch (error) {
    throw faultOf(error);
  }
  if (check.rule !== 'custom' || check.message === undefined)
    return reworded(rule.explain(check.args, value, schema), check, value, object);
  return withContext(valueError(check.message(value, object)), check);
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
