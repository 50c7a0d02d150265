import type { FieldOptions } from './options/field-options';
import { classOf, declare } from './class-facts';

/**
 * Adds constraints, another name or notes to a field; on a getter, makes a computed field.
 *
 * @example
 * class Item { @Field({ gt: 0, title: 'Weight in grams' }) weight?: int }
 */
export function Field(
  options: FieldOptions = {},
): (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => void {
  return (target, key, descriptor) =>
    declare(classOf(target), {
      fields: [
        Object.freeze({ ...options, key: String(key), accessor: descriptor?.get !== undefined }),
      ],
    });
}
