import type { FieldOptions } from './options/field-options';
import { callSite } from './call-site';
import { classOf, declare } from './class-facts';
import { Placement } from './placement';

const placement = new Placement(
  'Field',
  ['a property', 'an accessor'],
  '`@Field({ … }) name!: string`',
);

/**
 * Adds constraints, another name or notes to a field; on a getter, makes a computed field.
 *
 * @example
 * class Item { @Field({ gt: 0, title: 'Weight in grams' }) weight?: int }
 */
export function Field(
  options: FieldOptions = {},
): (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => void {
  placement.checkCalled(arguments, Field);
  const at = callSite(Field);
  return (target, key, descriptor) => {
    placement.check([target, key, descriptor], at);
    const accessor = descriptor?.get !== undefined;
    declare(classOf(target), {
      fields: [Object.freeze({ ...options, key: String(key), accessor })],
    });
  };
}
