import { present } from '../declare/present';
import * as classValidator from 'class-validator';
import type { Check, Words } from './check';
import { stateless } from './constraints';
import { rules } from './rules';
import type { Class } from '../declare/class';
import { declarationOf } from '../declare/class-facts';
import { constraintInstance } from './constraint-instances';

/** What class-validator's decorators say about one property. */
export interface Constraints {
  /** `@IsOptional()`: may be missing or null. */
  readonly optional: boolean;
  /** `@IsDefined()`: neither. */
  readonly defined: boolean;
  /** What `@IsDefined` or `@IsNotEmpty` says where the value is missing. */
  readonly missing: Words | undefined;
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  /** Checks of the items, from decorators with `each`. */
  readonly each: readonly Check[];
}

/** Decorators that stand for a required field. */
const REQUIRING = ['isDefined', 'isNotEmpty'];

type Metadata = ReturnType<
  ReturnType<typeof classValidator.getMetadataStorage>['getTargetValidationMetadatas']
>[number];
interface Arguments {
  value: unknown;
  constraints: readonly unknown[];
  targetName: string;
  object: object;
  property: string;
}
interface Constraint {
  validate(value: unknown, args: Arguments): unknown;
  defaultMessage?(args: Arguments): string;
}

/** Rules whose decorators keep their options to themselves: only the package's own constraint can decide. */
const CLOSED = new Set(['isIBAN', 'arrayUnique']);

/** The constraints of a class by property, all or those of some groups; inherited ones as class-validator combines them. */
export function constraintsOf(
  type: Class,
  groups?: readonly string[],
): ReadonlyMap<string, Constraints> {
  const storage = classValidator.getMetadataStorage();
  const byProperty = new Map<string, Metadata[]>();
  const inGroups = groups === undefined ? undefined : [...groups];
  for (const metadata of storage.getTargetValidationMetadatas(
    type as unknown as Function,
    '',
    false,
    false,
    inGroups,
  )) {
    byProperty.set(metadata.propertyName, [
      ...(byProperty.get(metadata.propertyName) ?? []),
      metadata,
    ]);
  }
  return new Map([...byProperty].map(([property, all]) => [property, constraints(all, type.name)]));
}

function constraints(all: readonly Metadata[], targetName: string): Constraints {
  const conditional = all.filter((metadata) => metadata.type === 'conditionalValidation');
  const own = all.filter((metadata) => !metadata.each);
  const saying = own.find(
    ({ name = '', message, context }) =>
      REQUIRING.includes(name) && (message ?? context) !== undefined,
  );
  return {
    optional: conditional.some((metadata) => metadata.name === 'isOptional'),
    defined: own.some((metadata) => metadata.type === 'isDefined'),
    missing: saying && wordsOf(checkOf(saying, targetName)),
    conditions: conditional
      .filter((metadata) => metadata.name !== 'isOptional')
      .map(
        (metadata) => (object: object, value: unknown) =>
          Boolean(
            (metadata.constraints[0] as (object: object, value: unknown) => unknown)(object, value),
          ),
      ),
    checks: own
      .filter((metadata) => metadata.type === 'customValidation')
      .map((metadata) => checkOf(metadata, targetName)),
    each: all
      .filter(
        (metadata) => metadata.each && ['customValidation', 'isDefined'].includes(metadata.type),
      )
      .map((metadata) => checkOf(metadata, targetName)),
  };
}

const wordsOf = ({ message, context }: Check): Words => present({ message, context });

function checkOf(metadata: Metadata, targetName: string): Check {
  const given = metadata.constraints ?? [];
  const args = (value: unknown, object: object | undefined): Arguments => ({
    value,
    constraints: given,
    targetName,
    object: object ?? {},
    property: metadata.propertyName,
  });
  const builtIn = isBuiltIn(metadata);
  const decide = (value: unknown, object: object | undefined): unknown =>
    instanceOf(metadata).validate(value, args(value, object));
  const test = !builtIn || CLOSED.has(metadata.name ?? '') ? decide : undefined;
  const { validateIf } = metadata;
  const own =
    !builtIn && hasWords(metadata)
      ? (values: Arguments) => instanceOf(metadata).defaultMessage?.(values) ?? ''
      : undefined;
  const message = (metadata.message as Template | undefined) ?? own;
  return {
    ...(builtIn ? ruleOf(metadata.name ?? '', given) : { rule: 'custom', args: [] }),
    ...(test && { test }),
    ...(!builtIn && { by: metadata.constraintCls as Class }),
    ...(validateIf !== undefined && {
      when: (value, object) => Boolean(validateIf(object ?? {}, value)),
    }),
    ...(message !== undefined && {
      message: (value, object) => expand(message, args(value, object)),
    }),
    ...(metadata.context !== undefined && { context: metadata.context as Record<string, unknown> }),
  };
}

/** The row of a built-in decorator; `Matches` is ours with a regular expression that keeps no position. */
function ruleOf(
  name: string,
  args: readonly unknown[],
): { rule: string; args: readonly unknown[] } {
  if (name !== 'matches') return { rule: name, args };
  const [pattern, flags] = args;
  return {
    rule: 'pattern',
    args: [
      stateless(
        pattern instanceof RegExp
          ? pattern
          : new RegExp(String(pattern), flags as string | undefined),
      ),
    ],
  };
}

function hasWords(metadata: Metadata): boolean {
  return 'defaultMessage' in (metadata.constraintCls.prototype as object);
}

/** What decides: made by our container, else by that of class-validator, which `useContainer` replaces. */
function instanceOf(metadata: Metadata): Constraint {
  const type = metadata.constraintCls as Class;
  const made = constraintInstance(type);
  if (made !== undefined) return made as Constraint;
  if (declarationOf(type).injectable !== undefined)
    throw new TypeError(
      `${type.name} is made by the container, which there is none of where parse() is called: validate through an operation, or make ${type.name} no @Injectable().`,
    );
  const found = classValidator
    .getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)[0];
  return (found?.instance as Constraint | undefined) ?? unregistered(type);
}

const unregisteredInstances = new WeakMap<Class, Constraint>();

/** Of `@Validate` with a class without `@ValidatorConstraint`. */
function unregistered(type: Class): Constraint {
  const known = unregisteredInstances.get(type) ?? new (type as new () => Constraint)();
  unregisteredInstances.set(type, known);
  return known;
}

type Template = string | ((args: Arguments) => string);

/** A message with its tokens replaced; values are text, so `$&` in them means nothing. */
function expand(message: Template, args: Arguments): string {
  const text = typeof message === 'function' ? message(args) : message;
  return text
    .replace(/\$constraint(\d+)/g, (token, at: string) =>
      Number(at) <= args.constraints.length ? shown(args.constraints[Number(at) - 1]) : token,
    )
    .replace(/\$value/g, (token) =>
      ['string', 'number', 'boolean'].includes(typeof args.value) ? String(args.value) : token,
    )
    .replace(/\$property/g, () => args.property)
    .replace(/\$target/g, () => args.targetName);
}
const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'symbol'
      ? (value.description ?? '')
      : String(value);

const DECORATORS: ReadonlyMap<string, (...args: unknown[]) => PropertyDecorator> = new Map(
  Object.entries(classValidator)
    .filter(([name, value]) => typeof value === 'function' && /^[A-Z]/.test(name))
    .map(([name, decorator]) => [
      name === 'Length' ? 'islength' : name.toLowerCase(),
      decorator as unknown as (...args: unknown[]) => PropertyDecorator,
    ]),
);
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
function isBuiltIn(metadata: Metadata): boolean {
  const known = deeds.get(metadata) ?? actsAsBuiltIn(metadata);
  deeds.set(metadata, known);
  return known;
}

function actsAsBuiltIn(metadata: Metadata): boolean {
  const name = metadata.name ?? '';
  const decorator =
    name === 'matches' || rules[name] !== undefined
      ? DECORATORS.get(name.toLowerCase())
      : undefined;
  const { injectable } = declarationOf(metadata.constraintCls as Class);
  if (decorator === undefined || injectable !== undefined) return false;
  const given = metadata.constraints ?? [];
  const own = applied(decorator, given);
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

/** Carries a decorator of the package for as long as it takes to ask what it does. */
class Probe {}

function applied(
  decorator: (...args: unknown[]) => PropertyDecorator,
  given: readonly unknown[],
): Constraint | undefined {
  const storage = classValidator.getMetadataStorage() as unknown as {
    validationMetadatas: Map<unknown, Metadata[]>;
    constraintMetadatas: Map<unknown, unknown>;
  };
  try {
    decorator(...given)(Probe.prototype, 'p');
    const [metadata] = storage.validationMetadatas.get(Probe) ?? [];
    if (metadata === undefined) return undefined;
    storage.constraintMetadatas.delete(metadata.constraintCls);
    // Not by the package's container, which would keep it.
    return new (metadata.constraintCls as unknown as new () => Constraint)();
  } catch {
    return undefined;
  } finally {
    storage.validationMetadatas.delete(Probe);
  }
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return 'threw';
  }
}
