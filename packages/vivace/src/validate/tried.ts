import type { Schema } from '../schema/schema';
import { someSeesObject } from './interpret-checks';
import type { Match, Steps, ValidationState } from './validation-state';

/** The most issues that a member of a union says: each may say all that those inside it say, and so on. */
const MOST_ISSUES = 32;

/**
 * Reads an object or list as a member of a union, or gives what was found before, with the issues where the value stands now.
 *
 * Where DTOs that are alike hold a union of themselves, each of its members would read all that is inside once more: twice the work
 * with each level.
 */
export function* readOnce(member: Schema, value: unknown, attempt: ValidationState): Steps<Match> {
  const known = knownOf(member, value, attempt);
  const found = known?.get(member);
  if (found !== undefined) return moved(found, attempt);
  const match = { member, value: yield* attempt.read(member, value), reading: attempt };
  attempt.issues.splice(MOST_ISSUES);
  known?.set(member, match);
  return match;
}

/** Undefined where nothing is kept: it costs nothing to read again, or depends on what is around the value. */
function knownOf(
  member: Schema,
  value: unknown,
  { trusted, origin: { tried } }: ValidationState,
): Map<Schema, Match> | undefined {
  if (typeof value !== 'object' || value === null || someSeesObject(member)) return undefined;
  const values = (tried[trusted ? 'trusted' : 'checked'] ??= new WeakMap());
  const known = values.get(value) ?? new Map<Schema, Match>();
  values.set(value, known);
  return known;
}

function moved({ member, value, reading }: Match, attempt: ValidationState): Match {
  attempt.exactness = reading.exactness;
  attempt.fields = reading.fields;
  const behind = reading.path.length;
  for (const issue of reading.issues)
    attempt.issues.push({ ...issue, loc: [...attempt.path, ...issue.loc.slice(behind)] });
  return { member, value, reading: attempt };
}
