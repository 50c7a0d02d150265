import { AssertionError } from 'node:assert';

import type { Issue } from '../errors/issue';
import { RequestValidationError } from '../errors/request-validation-error';
import { ValueError } from '../errors/value-error';
import type { Problem } from '../schema/rules/rule';
import { valueError } from '../schema/rules/words';

/**
 * What a field or model validator says of a value by throwing; the places are those inside the value.
 *
 * @returns undefined for an error that is no verdict on the value but a fault of the program, or an answer of its own
 */
export function refusedBy(error: unknown): readonly Issue[] | undefined {
  if (error instanceof RequestValidationError) return error.issues;
  const problem = problemOf(error);
  return problem && [{ ...problem, loc: [] }];
}

function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ValueError) {
    const { context, message, type } = error;
    if (type === 'value_error') return withContext(valueError(message), context);
    return withContext({ type, msg: message }, context);
  }
  if (error instanceof AssertionError)
    return {
      type: 'assertion_error',
      msg: `Assertion failed, ${error.message}`,
      ctx: { error: {} },
    };
  return isVerdict(error) ? valueError(error.message) : undefined;
}

function withContext(problem: Problem, context: Problem['ctx']): Problem {
  return context === undefined ? problem : { ...problem, ctx: { ...problem.ctx, ...context } };
}

/** What code throws for the value it was given: words of the validator's own, text that cannot be parsed, a value out of range. */
function isVerdict(error: unknown): error is Error {
  if (!(error instanceof Error) || isOfSystem(error)) return false;
  return (
    error.constructor === Error ||
    error instanceof SyntaxError ||
    (error instanceof RangeError && error.message !== 'Maximum call stack size exceeded')
  );
}

/** Whether an error, or one that caused it, comes from Node, a database or a network, which number theirs. */
function isOfSystem(error: Error): boolean {
  const met = new Set<unknown>();
  for (let at: unknown = error; typeof at === 'object' && at !== null && !met.has(at);) {
    met.add(at);
    if ('code' in at || 'errno' in at) return true;
    at = (at as { readonly cause?: unknown }).cause;
  }
  return false;
}

/** A reader whose conditions and constraints do not refuse by throwing. */
export function faultless<A extends unknown[], R>(read: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    try {
      return read(...args);
    } catch (error) {
      throw faultOf(error);
    }
  };
}

/** The error of a constraint, a condition, a message or a transform: always a fault of the program, also where it refuses some other value. */
export function faultOf(error: unknown): unknown {
  return error instanceof RequestValidationError
    ? new TypeError(
        'A constraint, condition, message or @Transform refused another value than its own',
        {
          cause: error,
        },
      )
    : error;
}
