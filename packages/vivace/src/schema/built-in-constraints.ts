import type { Class } from '../declare/class';
import { declarationOf } from '../declare/class-facts';
import {
  constraintOf,
  instanceOf,
  type Arguments,
  type Constraint,
  type Metadata,
} from './constraint-metadata';
import { rules } from './rules';

/** Rules whose decorators keep their options to themselves: only the package's own constraint can decide. */
export const CLOSED = new Set(['isIBAN', 'arrayUnique']);

type Decorators = ReadonlyMap<string, (...args: unknown[]) => PropertyDecorator>;
let known: Decorators | undefined;

/** The package's own, by the names of their constraints. */
function decorators(): Decorators {
  known ??= new Map(
    Object.entries(require('class-validator') as typeof import('class-validator'))
      .filter(([name, value]) => typeof value === 'function' && /^[A-Z]/.test(name))
      .map(([name, decorator]) => [
        name === 'Length' ? 'islength' : name.toLowerCase(),
        decorator as (...args: unknown[]) => PropertyDecorator,
      ]),
  );
  return known;
}
const SAMPLES: readonly unknown[] = [
  '',
  'a',
  'abc',
  'true',
  '1',
  'a@b.co',
  0,
  1,
  -1,
  2,
  3.5,
  100,
  true,
  null,
  undefined,
  [],
  ['a'],
  [1, 2],
  {},
  { a: 1 },
  new Date(0),
];

const deeds = new WeakMap<Metadata, boolean>();

/**
 * A constraint of the user's may have the name of a built-in one. The package makes a class for each use of a decorator and closes over
 * what it does, so a built-in is known by its deeds: the same words by default and the same verdicts as the package's own decorator.
 */
export function isBuiltIn(metadata: Metadata): boolean {
  const builtIn = deeds.get(metadata) ?? actsAsBuiltIn(metadata);
  deeds.set(metadata, builtIn);
  return builtIn;
}

function actsAsBuiltIn(metadata: Metadata): boolean {
  const name = metadata.name ?? '';
  const decorator =
    name === 'matches' || rules[name] !== undefined
      ? decorators().get(name.toLowerCase())
      : undefined;
  const { injectable } = declarationOf(metadata.constraintCls as Class);
  if (decorator === undefined || injectable !== undefined) return false;
  const given = metadata.constraints ?? [];
  const own = deedsOfOwn(name, decorator, given);
  if (own === undefined) return false;
  const constraint = instanceOf(metadata);
  return (
    wordsOf(constraint, given) === own.words &&
    own.verdicts.every(([value, verdict]) => verdictOf(constraint, value, given) === verdict)
  );
}

/** What a constraint says by default, and what it finds of some values. */
interface Deeds {
  readonly words: unknown;
  readonly verdicts: readonly (readonly [value: unknown, verdict: unknown])[];
}

/** By name and arguments, where those are plain: programs say `@Length(1, 100)` over and over. */
const ownDeeds = new Map<string, Deeds | undefined>();

function deedsOfOwn(
  name: string,
  decorator: (...args: unknown[]) => PropertyDecorator,
  given: readonly unknown[],
): Deeds | undefined {
  if (!given.every(isPlain)) return newDeeds(name, decorator, given);
  const key = JSON.stringify([name, ...given]);
  if (!ownDeeds.has(key)) ownDeeds.set(key, newDeeds(name, decorator, given));
  return ownDeeds.get(key);
}

/** JSON tells it from any other. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

function newDeeds(
  name: string,
  decorator: (...args: unknown[]) => PropertyDecorator,
  given: readonly unknown[],
): Deeds | undefined {
  const own = constraintOf(decorator, given);
  if (own === undefined) return undefined;
  const near = given.flatMap((each) =>
    typeof each === 'number'
      ? [each, each - 1, each + 1, 'x'.repeat(Math.min(Math.max(each, 0), 999))]
      : [each],
  );
  const telling =
    CLOSED.has(name) || given.some((each) => each instanceof RegExp && each.sticky)
      ? []
      : [...SAMPLES, ...near];
  return {
    words: wordsOf(own, given),
    verdicts: telling.map((value) => [value, verdictOf(own, value, given)] as const),
  };
}

function wordsOf(constraint: Constraint, given: readonly unknown[]): unknown {
  return outcome(() =>
    constraint.defaultMessage?.(argumentsOf('a', given))?.replace('each value in ', ''),
  );
}

function verdictOf(constraint: Constraint, value: unknown, given: readonly unknown[]): unknown {
  return outcome(() => constraint.validate(value, argumentsOf(value, given)));
}

function argumentsOf(value: unknown, constraints: readonly unknown[]): Arguments {
  return { value, constraints, targetName: 'T', object: {}, property: 'p' };
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return 'threw';
  }
}
