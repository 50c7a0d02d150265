import type { Class } from './class';
import { classOf, declare } from './declarations';

/** An error that is answered: its class, or only its status. */
export type Thrown = Class<Error> | number;

/**
 * Says which errors an operation, all of a controller, or the constructor of an injectable may throw: they stand in the document,
 * also of the operations that need the injectable. A dependency says it in its options: `dependency(fn, { throws: [NotFound] })`.
 *
 * @param errors statuses, or classes: one that extends HTTPException is made once, without arguments, to read its status and detail
 * (a detail that needs arguments is left out);
 * any other has a `static readonly status`
 * @example
 * class NotFound extends HTTPException {
 *   constructor(what = 'Item') { super(404, `${what} not found`); }
 * }
 * @Throws(NotFound, 409) @Put('/:id') replace(id: int, item: Item): Item {}
 */
export function Throws(
  ...errors: readonly Thrown[]
): (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => void {
  return (target, key) =>
    declare(classOf(target), {
      throws: [{ key: key === undefined ? undefined : String(key), errors }],
    });
}
