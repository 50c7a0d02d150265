import { INVALID } from './validation-state';
import { isThenable } from '../errors/async';

/** Whether a constraint of the program's holds; one that cannot say so at once does not. */
export function passes(
  test: (value: unknown, object: object | undefined) => unknown,
  value: unknown,
  object: object | undefined,
): boolean {
  try {
    const result = test(value, object);
    return !isPending(result) && Boolean(result);
  } catch {
    return false;
  }
}

/** What a hook of the program's gives; `INVALID` if it throws or cannot say so at once. */
export function called(hook: (...args: never[]) => unknown, ...args: unknown[]): unknown {
  try {
    const result = hook(...(args as never[]));
    return isPending(result) ? INVALID : result;
  } catch {
    return INVALID;
  }
}

/** A promise is dropped: whoever reads the value again waits for its own. */
function isPending(result: unknown): boolean {
  if (!isThenable(result)) return false;
  result.then(undefined, () => {});
  return true;
}
