import type { getMetadataStorage } from 'class-validator';
import type { Class } from '../declare/class';
import { declarationOf } from '../declare/class-facts';
import { constraintInstance } from './constraint-instances';

type Storage = ReturnType<typeof getMetadataStorage>;
/** What class-validator keeps of one use of a decorator. */
export type Metadata = ReturnType<Storage['getTargetValidationMetadatas']>[number];
/** What it tells a constraint beside the value. */
export interface Arguments {
  value: unknown;
  constraints: readonly unknown[];
  targetName: string;
  object: object;
  property: string;
}
/** What decides. */
export interface Constraint {
  validate(value: unknown, args: Arguments): unknown;
  defaultMessage?(args: Arguments): string;
}

/** It is a global, for all copies of the package; where none is loaded, no class has its decorators. */
function storage(): Storage | undefined {
  return (globalThis as { classValidatorMetadataStorage?: Storage }).classValidatorMetadataStorage;
}

/** What the decorators of a class and those it extends left, all or those of some groups. */
export function metadataOf(type: Class, groups?: readonly string[]): readonly Metadata[] {
  const given = groups === undefined ? undefined : [...groups];
  const found = storage()?.getTargetValidationMetadatas(type as Function, '', false, false, given);
  return found ?? [];
}

/** What decides: made by our container, else by that of class-validator, which `useContainer` replaces. */
export function instanceOf(metadata: Metadata): Constraint {
  const type = metadata.constraintCls as Class;
  const made = constraintInstance(type);
  if (made !== undefined) return made as Constraint;
  if (declarationOf(type).injectable !== undefined)
    throw new TypeError(
      `${type.name} is made by the container, which there is none of where parse() is called: validate through an operation, or make ${type.name} no @Injectable().`,
    );
  const [found] = storage()?.getTargetValidatorConstraints(metadata.constraintCls) ?? [];
  return (found?.instance as Constraint | undefined) ?? unregistered(type);
}

const unregisteredInstances = new WeakMap<Class, Constraint>();

/** Of `@Validate` with a class without `@ValidatorConstraint`. */
function unregistered(type: Class): Constraint {
  const known = unregisteredInstances.get(type) ?? new (type as new () => Constraint)();
  unregisteredInstances.set(type, known);
  return known;
}

/** Carries a decorator of the package for as long as it takes to ask what it does. */
class Probe {}

/** The constraint that a decorator makes; undefined if it makes none. Nothing of it stays in the storage. */
export function constraintOf(
  decorator: (...args: unknown[]) => PropertyDecorator,
  given: readonly unknown[],
): Constraint | undefined {
  const all = storage() as unknown as {
    validationMetadatas: Map<unknown, Metadata[]>;
    constraintMetadatas: Map<unknown, unknown>;
  };
  try {
    decorator(...given)(Probe.prototype, 'p');
    const [metadata] = all.validationMetadatas.get(Probe) ?? [];
    if (metadata === undefined) return undefined;
    all.constraintMetadatas.delete(metadata.constraintCls);
    // Not by the package's container, which would keep it.
    return new (metadata.constraintCls as new () => Constraint)();
  } catch {
    return undefined;
  } finally {
    all.validationMetadatas.delete(Probe);
  }
}
