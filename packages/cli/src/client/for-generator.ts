/** Marks of an element that the generator prints as it prints any other. */
const REST = 'x-rest';
const OPTIONAL = 'x-optional';

type Json = Readonly<Record<string, unknown>>;

/**
 * Writes what the generator does not know in words that it knows. Of tuples it knows the fixed
 * ones: it would print `[string, ...number[]]` as `[string]`, and `[string, number?]` as `[string,
 * number]`. Bytes in the text of base64 it would take for a file.
 */
export function forGenerator<T>(document: T): T {
  if (Array.isArray(document)) return document.map((item: unknown) => forGenerator(item)) as T;
  if (typeof document !== 'object' || document === null) return document;
  const copy = Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, forGenerator(value)]),
  );
  if (copy['contentEncoding'] === 'base64') delete copy['contentMediaType'];
  return (Array.isArray(copy['prefixItems']) ? markedTuple(copy) : copy) as T;
}

function markedTuple({ prefixItems, items: rest, minItems = 0, ...tuple }: Json): Json {
  const elements = (prefixItems as readonly Json[]).map((schema, index) =>
    index < Number(minItems) ? schema : { [OPTIONAL]: true, allOf: [schema] },
  );
  const more = typeof rest === 'object' ? [{ [REST]: true, type: 'array', items: rest }] : [];
  return { ...tuple, minItems, prefixItems: [...elements, ...more] };
}

/** The TypeScript of an element of a tuple, by its marks. */
export function tupleElement(schema: object, type: string): string {
  const marks: Json = { ...schema };
  if (marks[REST] === true) return `...${type}`;
  return marks[OPTIONAL] === true ? `(${type})?` : type;
}
