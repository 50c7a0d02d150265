type Tree = Readonly<Record<string, unknown>>;

/** Both trees in one: objects are merged, lists joined, and of other values the second wins. */
export function merge(base: Tree, more: Tree): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const present = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] =
      isTree(present) && isTree(value)
        ? merge(present, value)
        : Array.isArray(present) && Array.isArray(value)
          ? [...present, ...value]
          : value;
  }
  return merged;
}

/** The entries that have a value. */
export function defined<T extends object>(
  entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined),
  ) as ReturnType<typeof defined<T>>;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
