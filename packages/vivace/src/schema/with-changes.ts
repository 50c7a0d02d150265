/** A copy with changes; what is computed when first read (the discriminator of a union) stays so. */
export function withChanges<T extends object>(value: T, changes: Partial<T>): T {
  return Object.defineProperties({} as T, {
    ...Object.getOwnPropertyDescriptors(value),
    ...Object.getOwnPropertyDescriptors(changes),
  });
}
