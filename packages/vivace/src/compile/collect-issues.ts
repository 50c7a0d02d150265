import type { Issue } from '../errors/issue';
import { RequestValidationError } from '../errors/request-validation-error';
import { isThenable } from '../errors/async';
import { missing, type InputReading } from './reading';
import { INVALID } from '../validate/validator';

/** What is wrong with one input; `rank` is its place among the issues. */
interface Refusal {
  readonly rank: number;
  readonly issues: readonly Issue[];
}

/** Finds out why an input did not fit: gives its value after all, or notes the issues and gives `INVALID`. */
export function refusalOf(
  input: { readonly presence: string },
  reading: InputReading,
  rank: number,
) {
  return (raw: unknown, refusals: Refusal[]): unknown => {
    const settle = ({
      value,
      issues,
    }: {
      readonly value: unknown;
      readonly issues: readonly Issue[];
    }): unknown => {
      if (issues.length === 0) return value;
      refusals.push({ rank, issues });
      return INVALID;
    };
    const outcome =
      input.presence === 'required' && reading.isAbsent(raw)
        ? missing(reading.loc)
        : reading.interpret(raw);
    return isThenable(outcome) ? outcome.then(settle) : settle(outcome);
  };
}

/** The error of a request of which some inputs were refused. */
export function refuse(
  refusals: readonly Refusal[],
  operation: string,
  body?: unknown,
): RequestValidationError {
  const issues =
    refusals.length === 1
      ? refusals[0]!.issues
      : refusals.toSorted((a, b) => a.rank - b.rank).flatMap((refusal) => refusal.issues);
  return withoutTrace(() => new RequestValidationError(issues, body ?? null, operation));
}

/** Of a mistake of the client's, the trace would only lead through this package, and cost more than finding the mistake. */
function withoutTrace<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
