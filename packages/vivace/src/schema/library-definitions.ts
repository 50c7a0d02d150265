import type { JsonSchema } from './json-schema-type';

export type Mode = 'input' | 'output';

/** What a library says of a schema, with the definitions that it refers to by their address (`#/$defs/Item`, `#`). */
export interface Described {
  readonly root: JsonSchema;
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** What a JSON Schema has under an address of its own: a component of the document. */
export interface Definition {
  readonly kind: 'definition';
  /** Undefined where the library only counts them. */
  readonly name: string | undefined;
  readonly described: (mode: Mode) => Described;
}

type Documents = Readonly<Record<Mode, JsonSchema>>;

const DEFINITIONS = '#/$defs/';
/** Names that libraries count: `__schema0`, `0`, `intersection3`. */
const COUNTED = /^(?:__schema|intersection|union|alias)?\d+$/;

/** The same words under the same name are the same component, whichever schema says them. */
const known = new Map<string, Definition>();

/** Splits the JSON Schemas of both directions into what stands in the place and what is referred to. */
export function describedOf(documents: Documents): (mode: Mode) => Described {
  const addresses = new Set(
    [documents.input, documents.output].flatMap((document) => [...referredTo(document)]),
  );
  const definitions = new Map<string, Definition>();
  for (const address of addresses)
    definitions.set(address, definitionOf(address, documents, definitions));
  // One that refers to itself is a definition as a whole.
  const root = (mode: Mode): JsonSchema =>
    definitions.has('#') ? { $ref: '#' } : withoutDefinitions(documents[mode]);
  return (mode) => ({ root: root(mode), definitions });
}

function definitionOf(
  address: string,
  documents: Documents,
  definitions: ReadonlyMap<string, Definition>,
): Definition {
  const name = nameOf(address, documents);
  const body = (mode: Mode): JsonSchema => at(documents[mode], address) ?? {};
  const key = JSON.stringify([
    name,
    closure(address, documents.input),
    closure(address, documents.output),
  ]);
  const same = known.get(key);
  if (same !== undefined) return same;
  const made: Definition = {
    kind: 'definition',
    name,
    described: (mode) => ({ root: withoutDefinitions(body(mode)), definitions }),
  };
  known.set(key, made);
  return made;
}

function nameOf(address: string, { input }: Documents): string | undefined {
  const name = address.startsWith(DEFINITIONS)
    ? decodeURIComponent(address.slice(DEFINITIONS.length))
    : (input['id'] ?? input['title']);
  return typeof name !== 'string' || COUNTED.test(name)
    ? undefined
    : name.replaceAll(/[^\w.-]/g, '_');
}

function at(document: JsonSchema, address: string): JsonSchema | undefined {
  if (address === '#') return document;
  const definitions = document['$defs'] as Readonly<Record<string, JsonSchema>> | undefined;
  return definitions?.[decodeURIComponent(address.slice(DEFINITIONS.length))];
}

/** Everything that a definition is made of, by address. */
function closure(address: string, document: JsonSchema): unknown {
  const met = new Map<string, unknown>();
  const waiting = [address];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (met.has(next)) continue;
    const body = withoutDefinitions(at(document, next) ?? {});
    met.set(next, body);
    waiting.push(...referredTo(body));
  }
  return [...met];
}

/** What a schema says of itself, without what it only says to be found. */
function withoutDefinitions(schema: JsonSchema): JsonSchema {
  return without(schema, ['$schema', '$defs', '~standard']);
}

export function without(schema: JsonSchema, keys: readonly string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}

/** The addresses that a JSON Schema refers to, also from inside its definitions. */
function referredTo(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && isAddress(inner)) found.add(inner);
    else referredTo(inner, found);
  }
  return found;
}

const isAddress = (value: unknown): value is string =>
  value === '#' || (typeof value === 'string' && value.startsWith(DEFINITIONS));

/** The words of a library, with the addresses that the document has for what they refer to. */
export function relocated(
  { root, definitions }: Described,
  ref: (definition: Definition) => string,
): JsonSchema {
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const definition = key === '$ref' && isAddress(inner) ? definitions.get(inner) : undefined;
        return [key, definition === undefined ? change(inner) : ref(definition)];
      }),
    );
  };
  return change(root) as JsonSchema;
}
