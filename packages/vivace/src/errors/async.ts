/** Whether a call gave a promise. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Says that nobody waits for a promise here, whose failure is then none of its own. */
export function drop(promise: PromiseLike<unknown>): void {
  Promise.resolve(promise).then(undefined, () => {});
}

/** Goes on with a value: at once where it is there, which costs no turn of the event loop. */
export function after<T, R>(
  value: T | PromiseLike<T>,
  proceed: (value: T) => R | PromiseLike<R>,
): R | PromiseLike<R> {
  return isThenable(value) ? value.then(proceed) : proceed(value);
}

export type AnyGenerator =
  Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>;

/** Whether a call gave a generator object, which means clean-up from a dependency and a stream from a handler. */
export function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false;
  const tag = (value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return (
    (tag === 'Generator' || tag === 'AsyncGenerator') &&
    typeof (value as { next?: unknown }).next === 'function'
  );
}
