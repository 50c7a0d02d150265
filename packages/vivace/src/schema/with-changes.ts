/**
 * Kinds of schemas that compute some of what they say when it is first read: the discriminator of a union, the inner schema of
 * an alias that mentions itself, the fields of a class in groups.
 */
const LAZY: readonly string[] = ['union', 'recursive', 'object', 'library'];

/** A copy with changes; what is computed when it is first read stays so. */
export function withChanges<T extends { readonly kind: string }>(value: T, changes: Partial<T>): T {
  if (!LAZY.includes(value.kind)) return { ...value, ...changes };
  return Object.defineProperties({} as T, {
    ...Object.getOwnPropertyDescriptors(value),
    ...Object.getOwnPropertyDescriptors(changes),
  });
}
