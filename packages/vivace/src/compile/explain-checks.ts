import { AssertionError } from 'node:assert';

import { HTTPException } from '../errors/http-exception';
import type { Check } from '../schema/check';
import { rules } from '../schema/rules/index';
import type { Problem } from '../schema/rules/rule';
import { valueError } from '../schema/rules/words';
import type { Schema } from '../schema/schema';
import { settle, type Reading, type Steps } from './explain-reading';

/** Whether a constraint counts for some groups, as class-validator has it. */
export function applies(check: Check, groups: readonly string[] | undefined): boolean {
  if (groups === undefined || groups.length === 0 || check.always === true) return true;
  return check.groups?.some((group) => groups.includes(group)) === true;
}

/** The first constraint of a schema that a value of its type breaks. */
export function* broken(schema: Schema, value: unknown, reading: Reading): Steps<Problem | undefined> {
  if (schema.checks === undefined || reading.trusted) return undefined;
  for (const check of schema.checks) {
    if (!applies(check, reading.origin.groups)) continue;
    const problem = yield* problemOf(check, schema, value, reading.object);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function* problemOf(check: Check, schema: Schema, value: unknown, object: object | undefined): Steps<Problem | undefined> {
  const message = () => check.message?.(value, object);
  if (check.test === undefined) {
    const rule = rules[check.rule];
    if (rule.test(value, check.args)) return undefined;
    const problem = rule.explain(check.args, value, schema);
    return withContext(reworded(problem, message()), check);
  }
  try {
    if (yield* settle(check.test(value, object))) return undefined;
  } catch (error) {
    return withContext(problemOfError(error, message()), check);
  }
  return withContext(valueError(message() ?? 'Invalid value'), check);
}

/** What an error thrown by a constraint or hook of the program's says; an answer to the client is not about the value. */
export function problemOfError(error: unknown, message?: string): Problem {
  if (error instanceof HTTPException) throw error;
  const text = message ?? (error instanceof Error ? error.message : String(error));
  if (error instanceof AssertionError) return { type: 'assertion_error', msg: `Assertion failed, ${text}`, ctx: { error: {} } };
  return valueError(text);
}

function reworded(problem: Problem, message: string | undefined): Problem {
  if (message === undefined) return problem;
  return problem.type === 'value_error' ? valueError(message) : { ...problem, msg: message };
}

function withContext(problem: Problem, check: Check): Problem {
  return check.context === undefined ? problem : { ...problem, ctx: { ...problem.ctx, ...check.context } };
}
