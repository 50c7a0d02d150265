import { drop, isThenable } from '../errors/async';
import type { StandardIssue, StandardResult, StandardSchema } from '../declare/standard-schema';
import type { LibrarySchema } from '../schema/schema';
import { isObject } from './properties';
import { INVALID, LAX, settle, type Steps, type ValidationState } from './validation-state';

type Said = StandardResult<unknown> | Promise<StandardResult<unknown>>;

/** What a schema said last of a value that is still to be explained, so that it is asked once. */
const lastSaid = new WeakMap<StandardSchema, { readonly value: unknown; readonly said: Said }>();

/** Whether a schema has given a value at once. Printed functions ask this of what `validate` gave. */
export function hasValue(said: Said): said is Extract<Said, { readonly value: unknown }> {
  return !isThenable(said) && said.issues === undefined;
}

/** Keeps what a schema said of a value that cannot be taken at once; gives `INVALID`. */
export function keepSaid(standard: StandardSchema, value: unknown, said: Said): typeof INVALID {
  // Whoever explains the value waits for it.
  if (isThenable(said)) drop(said);
  lastSaid.set(standard, { value, said });
  return INVALID;
}

/** Reads a value by a schema of another library; its issues stand under the place of the value. */
export function* readLibrary(
  { standard, secret }: LibrarySchema,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  if (reading.trusted) return value;
  const said = takeSaid(standard, value) ?? standard['~standard'].validate(value);
  if (isThenable(said)) drop(said);
  const { issues, ...given } = (yield* settle(said)) as StandardResult<unknown> & {
    readonly value?: unknown;
  };
  if (issues === undefined) {
    reading.fits(LAX);
    return given.value;
  }
  const found = issues.length === 0 ? [{ message: 'Invalid value' }] : issues;
  for (const issue of found) reading.issues.push(issueOf(issue, value, secret, reading.path));
  return INVALID;
}

function takeSaid(standard: StandardSchema, value: unknown): Said | undefined {
  const last = lastSaid.get(standard);
  lastSaid.delete(standard);
  return last !== undefined && Object.is(last.value, value) ? last.said : undefined;
}

function issueOf(
  { message, path = [] }: StandardIssue,
  value: unknown,
  secret: boolean,
  outer: readonly (string | number)[],
) {
  const inner = path.map((step) => keyOf(typeof step === 'object' ? step.key : step));
  const input = secret ? '**********' : inputAt(value, inner);
  return { type: 'value_error', loc: [...outer, ...inner], msg: message, input };
}

function keyOf(key: PropertyKey): string | number {
  return typeof key === 'symbol' ? (key.description ?? '') : key;
}

/** The part of a value that an issue speaks of; where it is missing, what it is missing from. */
function inputAt(value: unknown, path: readonly (string | number)[]): unknown {
  let part = value;
  for (const key of path) {
    if (!isObject(part) && !Array.isArray(part)) return part;
    if (!Object.hasOwn(part, key)) return part;
    part = (part as Readonly<Record<string | number, unknown>>)[key];
  }
  return part;
}
