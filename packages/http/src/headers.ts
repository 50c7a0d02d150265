import { validateHeaderName, validateHeaderValue } from 'node:http';

/** What is wrong with headers that are to be sent; undefined: nothing. Their values may be secret, and are not shown. */
export function mistakeIn(
  headers: unknown,
): { readonly name?: string; readonly seen: string } | undefined {
  if (typeof headers !== 'object' || headers === null || !isRecord(headers))
    return { seen: 'is no plain object, of which each property is a header' };
  for (const [name, value] of Object.entries(headers)) {
    if (!isValid(() => validateHeaderName(name))) return { name, seen: 'is no name of a header' };
    for (const each of [value].flat() as unknown[])
      if (each !== undefined && !isValid(() => validateHeaderValue(name, String(each))))
        return { name, seen: 'holds a line break or another sign that no header may have' };
  }
  return undefined;
}

/** `Headers`, a Map and a list have no properties that are headers: nothing would be sent. */
function isRecord(value: object): boolean {
  return !(Symbol.iterator in value);
}

function isValid(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
