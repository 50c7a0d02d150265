const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** JSON of a value that no schema describes. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null, jsonValue);
}

/** `JSON.stringify` would write a `Map` or `Set` as an empty object, and fails at a `bigint`. */
function jsonValue(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  if (typeof value === 'bigint') return rawJSON(String(value));
  return value;
}
