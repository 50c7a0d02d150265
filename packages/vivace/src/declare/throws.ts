import type { Thrown } from './class';
import { callSite } from './call-site';
import { classOf, declare } from './class-facts';
import { Placement } from './placement';

const placement = new Placement(
  'Throws',
  ['a class', 'a method'],
  '`@Throws(NotFound) read() { … }`',
);

/**
 * Documents the errors that an operation, all operations of a controller, or the constructor of an
 * injectable may throw. Those of an injectable are documented at all operations that need it. A
 * dependency has the option `throws` for this.
 *
 * @param errors statuses, or classes of errors: a class that extends HTTPException is made once without
 *   arguments, to read its status and detail (a detail that depends on arguments is left out); any other
 *   class has a `static readonly status`
 * @example
 * class NotFound extends HTTPException {
 *   constructor(what = 'Item') { super(404, `${what} not found`); }
 * }
 * @Throws(NotFound, 409) @Put('/:id') replace(id: int, item: Item): Item {}
 */
export function Throws(
  ...errors: readonly Thrown[]
): (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => void {
  placement.checkCalled(errors, Throws);
  const at = callSite(Throws);
  return (target, key, descriptor) => {
    placement.check([target, key, descriptor], at);
    declare(classOf(target), {
      throws: [{ key: key === undefined ? undefined : String(key), errors }],
    });
  };
}
