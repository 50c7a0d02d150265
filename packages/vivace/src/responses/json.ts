/** JSON of a value that no schema describes. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null, collections);
}

/** `JSON.stringify` would write a `Map` or `Set` as an empty object. */
function collections(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return value;
}
