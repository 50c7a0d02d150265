import type { Schema } from '../schema/schema';
import { someSeesObject } from './interpret-checks';
import type { Steps, ValidationState } from './validation-state';

/** How one member of a union took a value. */
export interface Match {
  readonly member: Schema;
  readonly value: unknown;
  readonly reading: ValidationState;
}

/** The most issues that a member of a union says: each may say all that those inside it say, and so on. */
const MOST_ISSUES = 32;

/**
 * What unions found for the objects and lists of one value.
 *
 * Where DTOs that are alike hold a union of themselves, each of its members would read all that is inside once more: twice the work
 * with each level.
 */
export class Tried {
  readonly #checked = new WeakMap<object, Map<Schema, Match>>();
  readonly #trusted = new WeakMap<object, Map<Schema, Match>>();

  /** Reads a value as a member, or gives what was found before, with the issues where the value stands now. */
  *read(member: Schema, value: unknown, attempt: ValidationState): Steps<Match> {
    const known = this.#of(member, value, attempt.trusted);
    const found = known?.get(member);
    if (found !== undefined) return moved(found, attempt);
    const match = { member, value: yield* attempt.read(member, value), reading: attempt };
    attempt.issues.splice(MOST_ISSUES);
    known?.set(member, match);
    return match;
  }

  /** Undefined where nothing is kept: it costs nothing to read again, or depends on what is around the value. */
  #of(member: Schema, value: unknown, trusted: boolean): Map<Schema, Match> | undefined {
    if (typeof value !== 'object' || value === null || someSeesObject(member)) return undefined;
    const kept = trusted ? this.#trusted : this.#checked;
    const known = kept.get(value) ?? new Map<Schema, Match>();
    kept.set(value, known);
    return known;
  }
}

function moved({ member, value, reading }: Match, attempt: ValidationState): Match {
  attempt.exactness = reading.exactness;
  attempt.fields = reading.fields;
  const behind = reading.path.length;
  for (const issue of reading.issues)
    attempt.issues.push({ ...issue, loc: [...attempt.path, ...issue.loc.slice(behind)] });
  return { member, value, reading: attempt };
}
