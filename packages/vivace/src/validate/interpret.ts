import { isScalar } from '../schema/kinds';
import { Secret } from '../declare/secret';
import type { TextFormat } from '../declare/class';
import type { Issue } from '../errors/issue';
import type { Words } from '../schema/check';
import type { Schema, SecretSchema, ScalarSchema } from '../schema/schema';
import { broken, reworded } from './interpret-checks';
import { readList, readRecord, readTuple } from './interpret-collections';
import { readObject } from './interpret-object';
import { MASK, withoutQuotes, withoutSecrets } from './hide-secrets';
import { readUnion } from './interpret-union';
import { readLibrary } from './interpret-library';
import {
  EXACT,
  INVALID,
  LAX,
  ValidationState,
  STRICT,
  type Fitting,
  type Outcome,
  type Path,
  type Steps,
} from './validation-state';
import { Refusal } from './refusal';
import { faultless } from './refusing-errors';
import { readScalar, type Mode } from './scalars';

export interface ReadOptions {
  readonly mode: Mode;
  readonly groups?: readonly string[];
}
export interface InterpretOptions extends ReadOptions {
  readonly loc: Path;
  /** The value comes from the program and goes to a response. */
  readonly output?: true;
  /** Reads a part of the value, faster than it is explained; gives `INVALID` where it does not fit or has to be explained. */
  readonly fitting?: Fitting | undefined;
}

/**
 * Reads a value and says everything that is wrong with it: slow and complete, the reference for the compiled validator.
 * Gives a promise only when a constraint or hook gave one.
 */
export function interpret(
  schema: Schema,
  value: unknown,
  options: InterpretOptions,
): Outcome | Promise<Outcome> {
  const reading = begin(options);
  reading.fitting = options.fitting;
  const steps = read(schema, value, reading);
  const step = faultless(() => steps.next())();
  const outcome = (result: unknown): Outcome =>
    reading.issues.length === 0
      ? { value: result, issues: [] }
      : { value: undefined, issues: withoutSecrets(schema, value, reading.issues) };
  return step.done === true ? outcome(step.value) : finish(steps, step.value, outcome);
}

/** Reads without waiting, as a part of an object: a value that needs a promise does not fit. */
export function readNow(
  schema: Schema,
  value: unknown,
  options: ReadOptions,
  object?: object,
): unknown {
  return finishNow(schema, value, begin({ ...options, loc: [] }), object);
}

/** The same without constraints, for a field whose condition is false. */
export function readUnchecked(
  schema: Schema,
  value: unknown,
  options: ReadOptions,
  object: object,
): unknown {
  const reading = begin({ ...options, loc: [] });
  reading.trusted = true;
  return finishNow(schema, value, reading, object);
}

/** What is wrong with a part of a value that calls nothing of the program. */
export function interpretPart(
  schema: Schema,
  value: unknown,
  loc: Path,
  options: ReadOptions,
): readonly Issue[] {
  const reading = begin({ ...options, loc });
  faultless(() => read(schema, value, reading).next())();
  return reading.issues;
}

function finishNow(
  schema: Schema,
  value: unknown,
  reading: ValidationState,
  object: object | undefined,
): unknown {
  reading.object = object;
  const step = read(schema, value, reading).next();
  return step.done === true ? step.value : INVALID;
}

/** Starts a reading for those that need to see how well a value fits. */
export function begin(options: InterpretOptions): ValidationState {
  const { groups, loc, mode, output } = options;
  const origin = { mode, output: output === true, groups, read, tried: {} };
  return new ValidationState(origin, [...loc]);
}

async function finish(
  steps: Steps<unknown>,
  waiting: PromiseLike<unknown>,
  outcome: (result: unknown) => Outcome,
): Promise<Outcome> {
  for (;;) {
    const step = await waiting.then(
      faultless((result: unknown) => steps.next(result)),
      faultless((error: unknown) => steps.throw(error)),
    );
    if (step.done === true) return outcome(step.value);
    waiting = step.value;
  }
}

/** Reads a value of any schema, then checks its constraints. */
function* read(schema: Schema, input: unknown, reading: ValidationState): Steps<unknown> {
  const from = reading.issues.length;
  const value = isScalar(schema)
    ? readPlain(schema, input, reading)
    : yield* readParts(schema, input, reading);
  if (value === INVALID) {
    if (schema.words !== undefined) reword(reading, from, schema.words, input);
    return INVALID;
  }
  if (schema.checks === undefined) return value;
  const problem = yield* broken(schema, value, reading);
  return problem === undefined ? value : reading.refuse(problem, input);
}

/** The user's words for a value of another type; what is wrong inside it keeps its own. */
function reword(
  { issues, object, path }: ValidationState,
  from: number,
  words: Words,
  input: unknown,
): void {
  for (let at = from; at < issues.length; at += 1) {
    const issue = issues[at];
    if (issue?.loc.length === path.length) issues[at] = reworded(issue, words, input, object);
  }
}

function readParts(
  schema: Exclude<Schema, ScalarSchema>,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  switch (schema.kind) {
    case 'object':
      return readObject(schema, value, reading);
    case 'list':
      return readList(schema, value, reading);
    case 'tuple':
      return readTuple(schema, value, reading);
    case 'record':
      return readRecord(schema, value, reading);
    case 'union':
      return readUnion(schema, value, reading);
    case 'recursive':
      return reading.read(schema.inner, value);
    case 'secret':
      return readSecret(schema, value, reading);
    case 'library':
      return readLibrary(schema, value, reading);
  }
}

function readPlain(schema: ScalarSchema, input: unknown, reading: ValidationState): unknown {
  const value = readScalar(schema, input, reading.origin.mode);
  if (value instanceof Refusal) return reading.refuse(value, input);
  reading.fits(exactness(schema, value, input));
  return value;
}

/** Texts of which pydantic makes nothing else. */
const EXACT_FORMATS: ReadonlySet<TextFormat | undefined> = new Set<TextFormat | undefined>([
  undefined,
  'email',
  'ip',
]);

/** As pydantic counts: text that stands for something else is a conversion, a whole number for a fractional one nearly is none. */
function exactness(schema: ScalarSchema, value: unknown, input: unknown): number {
  if (schema.kind === 'any' || schema.kind === 'enum') return LAX;
  if (schema.kind === 'string') return EXACT_FORMATS.has(schema.format) ? EXACT : LAX;
  // JSON has whole numbers of one kind.
  if (typeof value === 'bigint' && typeof input === 'number') return EXACT;
  if (value !== input) return LAX;
  return schema.kind === 'number' && schema.integer !== true && Number.isInteger(value)
    ? STRICT
    : EXACT;
}

/** Constraints on a secret see the value inside; issues never show it. */
function* readSecret(
  schema: SecretSchema,
  input: unknown,
  reading: ValidationState,
): Steps<unknown> {
  const from = reading.issues.length;
  const value = yield* reading.read(schema.inner, input instanceof Secret ? input.reveal() : input);
  const found = reading.issues.splice(from);
  reading.issues.push(...found.map((issue) => ({ ...withoutQuotes(issue, input), input: MASK })));
  if (value === INVALID) return INVALID;
  return new Secret(value);
}
