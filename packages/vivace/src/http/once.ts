/** A `next()` that goes on once: a second call would run what is inside it again. */
export function once<T>(proceed: () => T, who: () => string): () => T {
  let called = false;
  return () => {
    if (called)
      throw new Error(`${who()} called next() a second time: what it gives is there once.`);
    called = true;
    return proceed();
  };
}
