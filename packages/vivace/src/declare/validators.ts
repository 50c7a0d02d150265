import type { Class, FieldInfo } from './class';
import { callSite } from './call-site';
import { classOf, declare } from './class-facts';
import { Placement } from './placement';

const fieldPlacement = new Placement(
  'FieldValidator',
  ['a static method'],
  "`@FieldValidator('name') static check(value: string) { … }`",
);
const modelPlacement = new Placement(
  'ModelValidator',
  ['a method'],
  '`@ModelValidator() check() { … }`',
);
const inputPlacement = new Placement(
  'ModelValidator',
  ['a static method'],
  "`@ModelValidator({ mode: 'before' }) static read(input: unknown) { … }`",
);

/**
 * A static method that checks or changes the value of fields. It refuses a value by throwing a
 * `ValueError`, an `Error`, or what `assert`, `parse` and parsers of text throw; every other error
 * is a fault of the program.
 *
 * @param fields the names of the fields
 * @param options.mode whether it sees the converted value (`after`, the default) or what was sent (`before`)
 * @example
 * class User { name!: string; @FieldValidator('name') static trimmed(name: string) { return name.trim(); } }
 */
export function FieldValidator<K extends string>(
  fields: K | readonly K[],
  options: { readonly mode?: 'after' | 'before' } = {},
): <C extends Class, F extends (value: never, field: FieldInfo) => unknown>(
  target: [K] extends [keyof InstanceType<C>] ? C : 'no such field',
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
) => void {
  fieldPlacement.checkCalled(arguments, FieldValidator);
  const at = callSite(FieldValidator);
  const facts = {
    fields: Object.freeze(typeof fields === 'string' ? [fields] : [...fields]),
    mode: options.mode ?? 'after',
  };
  return (target, key, descriptor) => {
    fieldPlacement.check([target as Class, key, descriptor], at);
    declare(classOf(target as Class), {
      fieldValidators: [Object.freeze({ ...facts, key: String(key) })],
    });
  };
}

/**
 * A method that checks the whole instance, or a static one that sees the input before it is
 * validated. It refuses as a field validator does.
 *
 * @param options.mode whether it sees the instance (`after`, the default) or what was sent (`before`, on a static method)
 * @example
 * class Range { from!: int; to!: int; @ModelValidator() ordered() { if (this.to < this.from) throw new Error('to comes first'); } }
 */
export function ModelValidator(options?: {
  readonly mode?: 'after';
}): <F extends () => unknown>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
) => void;
export function ModelValidator(options: {
  readonly mode: 'before';
}): <F extends (input: unknown) => unknown>(
  target: Class,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<F>,
) => void;
export function ModelValidator(
  options: { readonly mode?: 'after' | 'before' } = {},
): (target: object, key: string | symbol, descriptor: PropertyDescriptor) => void {
  modelPlacement.checkCalled(arguments, ModelValidator);
  const at = callSite(ModelValidator);
  const mode = options.mode ?? 'after';
  return (target, key, descriptor) => {
    (mode === 'after' ? modelPlacement : inputPlacement).check([target, key, descriptor], at);
    declare(classOf(target), { modelValidators: [Object.freeze({ key: String(key), mode })] });
  };
}
