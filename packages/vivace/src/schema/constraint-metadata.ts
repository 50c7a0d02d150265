import * as classValidator from 'class-validator';
import type { Class } from '../declare/class';
import { declarationOf } from '../declare/class-facts';
import { constraintInstance } from './constraint-instances';

/** What class-validator keeps of one use of a decorator. */
export type Metadata = ReturnType<
  ReturnType<typeof classValidator.getMetadataStorage>['getTargetValidationMetadatas']
>[number];
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

/** What decides: made by our container, else by that of class-validator, which `useContainer` replaces. */
export function instanceOf(metadata: Metadata): Constraint {
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
