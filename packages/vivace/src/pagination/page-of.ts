import type { Of, Type, TypeToken } from '../declare/type';
import { carry } from '../declare/value-facts';
import type { Page } from './page';

/**
 * The type of a numbered page, where a type is named by a value: the same as `Page<T>`.
 *
 * @param of a class, or a type of vivace such as `int`
 * @example
 * parse(pageOf(Item), await (await fetch(url)).json())
 */
export function pageOf<const X extends Type>(of: X): TypeToken<Page<Of<X>>> {
  return carry({}, { kind: 'token', token: 'pageOf', of });
}
