import type { JsonSchema } from './json-schema-type';

/** Null says no more than the type; of other values those that JSON can hold are shown. */
export function shownDefault(value: unknown): JsonSchema {
  if (value === undefined || value === null) return {};
  const json = jsonOf(value);
  return json === undefined ? {} : { default: json };
}

function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Set) return jsonOf([...value]);
  if (value instanceof Map) return jsonOf(Object.fromEntries(value));
  try {
    const text = JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? Number(inner) : inner,
    );
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
