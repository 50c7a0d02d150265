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
  const own = constraintOf(decorator, given);
  if (own === undefined) return false;
  const constraint = instanceOf(metadata);
  const args = (value: unknown): Arguments => ({
    value,
    constraints: given,
    targetName: 'T',
    object: {},
    property: 'p',
  });
  const words = (of: Constraint) =>
    outcome(() => of.defaultMessage?.(args('a'))?.replace('each value in ', ''));
  if (words(constraint) !== words(own)) return false;
  if (CLOSED.has(name) || given.some((each) => each instanceof RegExp && each.sticky)) return true;
  const near = given.flatMap((each) =>
    typeof each === 'number'
      ? [each, each - 1, each + 1, 'x'.repeat(Math.min(Math.max(each, 0), 999))]
      : [each],
  );
  return [...SAMPLES, ...near].every(
    (value) =>
      outcome(() => constraint.validate(value, args(value))) ===
      outcome(() => own.validate(value, args(value))),
  );
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return 'threw';
  }
}
