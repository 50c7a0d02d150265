import type { Issue } from '../errors/issue';
import type { Problem } from '../schema/rules/rule';
import type { Schema } from '../schema/schema';
import { isThenable } from '../errors/async';
import { digitsAt, digitsOf } from './digits';
import { refusedBy } from './refusing-errors';
import type { Mode } from './scalars';

/** Stands for a value that does not fit. */
export const INVALID: unique symbol = Symbol('invalid');

export interface Outcome {
  readonly value: unknown;
  readonly issues: readonly Issue[];
}

/** How well a value fits: a union takes the member that it fits best. */
export const LAX = 0;
export const STRICT = 1;
export const EXACT = 2;

/** A step of reading that may wait: what it yields is awaited. */
export type Steps<T> = Generator<PromiseLike<unknown>, T, unknown>;

/** Gives what a part is read as, or `INVALID`. */
export type Fitting = (schema: Schema, value: unknown) => unknown;

export type Read = (schema: Schema, value: unknown, reading: ValidationState) => Steps<unknown>;

/** How one member of a union took a value. */
export interface Match {
  readonly member: Schema;
  readonly value: unknown;
  readonly reading: ValidationState;
}
type Tried = WeakMap<object, Map<Schema, Match>>;

interface Origin {
  readonly mode: Mode;
  /** The value comes from the program and goes to a response. */
  readonly output: boolean;
  readonly groups: readonly string[] | undefined;
  /** Reads a part of the value. */
  readonly read: Read;
  /** What unions found for the objects and lists inside, and for those inside instances of the program's. */
  readonly tried: { checked?: Tried; trusted?: Tried };
}

/** Where a value stands. */
export type Path = readonly (string | number)[];

export function issueOf({ type, msg, ctx }: Problem, path: Path, input: unknown): Issue {
  const loc = [...path];
  return ctx === undefined ? { type, loc, msg, input } : { type, loc, msg, input, ctx };
}

/** What one reading of a value knows: where it is, what it found, and how well the value fits so far. */
export class ValidationState {
  readonly issues: Issue[] = [];
  exactness = EXACT;
  /** How many fields of objects were given; undefined where there was no object. */
  fields: number | undefined;
  /** The DTO under construction. */
  object: object | undefined;
  /** Inside an instance that the program made: its constraints were its constructor's business. */
  trusted = false;
  /** Not for a fork, which counts how well each part fits. */
  fitting: Fitting | undefined;

  constructor(
    readonly origin: Origin,
    readonly path: (string | number)[],
  ) {}

  read(schema: Schema, value: unknown): Steps<unknown> {
    return this.origin.read(schema, value, this);
  }

  /** Reads a part that fits without explaining it, or gives `INVALID`. */
  readFitting(schema: Schema, value: unknown): unknown {
    return this.fitting === undefined || this.trusted ? INVALID : this.fitting(schema, value);
  }

  /** A part of a value, by the digits that were sent if they are wanted. */
  exactly(schema: Schema, holder: object, key: string | number, part: unknown): unknown {
    if (typeof part !== 'number' || this.origin.mode === 'text') return part;
    const digits = digitsOf(schema);
    return digits === undefined ? part : digitsAt(holder, key, part, digits);
  }

  /** Reads a part in its place. */
  *at(key: string | number, schema: Schema, value: unknown): Steps<unknown> {
    const fitting = this.readFitting(schema, value);
    return fitting === INVALID ? yield* this.explain(key, schema, value) : fitting;
  }

  /** Reads a part that may not fit. */
  *explain(key: string | number, schema: Schema, value: unknown): Steps<unknown> {
    this.path.push(key);
    const result = yield* this.read(schema, value);
    this.path.pop();
    return result;
  }

  refuse(problem: Problem, input: unknown): typeof INVALID {
    this.issues.push(issueOf(problem, this.path, input));
    return INVALID;
  }

  /** Refuses a value by what a validator threw; throws a fault of the program again. */
  refuseBy(error: unknown, input: unknown): typeof INVALID {
    const found = refusedBy(error);
    if (found === undefined) throw error;
    for (const issue of found)
      this.issues.push({
        input,
        ...issue,
        loc: [...this.path, ...issue.loc],
      });
    return INVALID;
  }

  refuseAt(key: string | number, problem: Problem, input: unknown): typeof INVALID {
    this.path.push(key);
    this.refuse(problem, input);
    this.path.pop();
    return INVALID;
  }

  /** The exactness can only fall. */
  fits(exactness: number): void {
    if (exactness < this.exactness) this.exactness = exactness;
  }

  counts(fields: number): void {
    this.fields = (this.fields ?? 0) + fields;
  }

  /** A reading of the same value as something else. */
  fork(...name: string[]): ValidationState {
    const fork = new ValidationState(this.origin, [...this.path, ...name]);
    fork.object = this.object;
    fork.trusted = this.trusted;
    return fork;
  }
}

/** The result of a call of the program's, awaited if it is a promise. */
export function* settle(result: unknown): Steps<unknown> {
  return isThenable(result) ? yield Promise.resolve(result) : result;
}
