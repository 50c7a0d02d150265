/** Whether a call gave a promise. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
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
