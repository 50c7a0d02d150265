import { classOf, declare } from './declarations';
import type { Notes, Rules } from './rules';
import type { Type } from './types';

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

/** What a field has beside its type. */
export interface FieldOptions extends Rules, Notes {
  /** Its type, where the side-car of types cannot say it. */
  type?: Type;
  /**
   * Its name on the wire; `in` and `out` where requests and responses differ.
   * @default its name
   */
  alias?: string | { in?: string | readonly string[]; out?: string };
  /**
   * Whether it is never written to a response.
   * @default `false`
   */
  exclude?: boolean;
}
