import { INVALID } from './validation-state';
import { drop, isThenable } from '../errors/async';
import { faultOf, refusedBy } from './refusing-errors';

/** Whether a constraint of the program's holds; one that cannot say so at once does not. */
export function passes(
  test: (value: unknown, object: object | undefined) => unknown,
  value: unknown,
  object: object | undefined,
): boolean {
  try {
    const result = test(value, object);
    return !isPending(result) && Boolean(result);
  } catch (error) {
    throw faultOf(error);
  }
}

/** What a transform of the program's gives; `INVALID` if it cannot say so at once. */
export function transformed(transform: (...args: never[]) => unknown, ...args: unknown[]): unknown {
  try {
    const result = transform(...(args as never[]));
    return isPending(result) ? INVALID : result;
  } catch (error) {
    throw faultOf(error);
  }
}

/** What a validator of the program's gives; `INVALID` if it refuses the value or cannot say so at once. */
export function validated(validator: (...args: never[]) => unknown, ...args: unknown[]): unknown {
  try {
    const result = validator(...(args as never[]));
    return isPending(result) ? INVALID : result;
  } catch (error) {
    if (refusedBy(error) === undefined) throw error;
    return INVALID;
  }
}

/** A promise is dropped: whoever reads the value again waits for its own. */
function isPending(result: unknown): boolean {
  if (!isThenable(result)) return false;
  drop(result);
  return true;
}
