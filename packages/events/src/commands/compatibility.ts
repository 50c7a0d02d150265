import type { EventDocument } from './documents';

type Schema = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a change of an event: consumers of before get what is published now, and those of
 * now what was published before. Of a new version only the second counts, by its `upgrade`; old
 * consumers keep such events as dead letters, so that they can be replayed once they know it.
 *
 * @param after undefined where the event is gone
 * @param upgrades whether it says how older versions are read
 */
export function changesOf(
  before: EventDocument,
  after: EventDocument | undefined,
  upgrades: boolean,
): readonly string[] {
  if (after === undefined) return ['it is gone; remove its file once nobody reads it'];
  if (after.version < before.version) return [`its version was ${before.version}`];
  if (after.version > before.version)
    return upgrades ? [] : [`version ${after.version} needs \`upgrade\`, for events of before`];
  const old = misfits(before.read, after.written).map((one) => `old consumers cannot read ${one}`);
  const now = misfits(after.read, before.written).map((one) => `events of before have ${one}`);
  return [...old, ...now];
}

/** Where a reader would refuse what is written. */
export function misfits(reader: Schema, writer: Schema): readonly string[] {
  return compared(reader, writer, { reader, writer, path: '', known: new Set() });
}

interface Place {
  /** Where references are looked for. */
  readonly reader: Schema;
  readonly writer: Schema;
  readonly path: string;
  /** Pairs of references that are compared already: types may contain themselves. */
  readonly known: Set<string>;
}

function compared(reader: Schema, writer: Schema, place: Place): readonly string[] {
  const pair = `${String(reader['$ref'])} ${String(writer['$ref'])}`;
  if (reader['$ref'] !== undefined || writer['$ref'] !== undefined) {
    if (place.known.has(pair)) return [];
    place.known.add(pair);
  }
  const read = resolved(reader, place.reader);
  const written = resolved(writer, place.writer);
  const alternatives = anyOf(written);
  if (alternatives !== undefined)
    return alternatives.flatMap((one) => compared(reader, one, place));
  const choices = anyOf(read);
  if (choices !== undefined) {
    const tries = choices.map((one) => compared(one, written, { ...place, known: new Set() }));
    return tries.some((misfit) => misfit.length === 0) ? [] : [`${named(place)} of another type`];
  }
  return [
    ...types(read, written, place),
    ...values(read, written, place),
    ...bounds(read, written, place),
    ...fields(read, written, place),
    ...items(read, written, place),
  ];
}

function types(reader: Schema, writer: Schema, place: Place): readonly string[] {
  const taken = listOf(reader['type']);
  const given = listOf(writer['type']);
  if (taken.length === 0) return [];
  const fits = (type: unknown): boolean =>
    taken.includes(type) || (type === 'integer' && taken.includes('number'));
  if (given.length > 0 && given.every(fits)) return [];
  if (given.length === 0 && ('const' in writer || 'enum' in writer)) return [];
  return [`${named(place)} as ${given.join(' or ') || 'anything'}`];
}

/** A reader of some values takes no others. */
function values(reader: Schema, writer: Schema, place: Place): readonly string[] {
  const taken = valuesOf(reader);
  if (taken === undefined) return [];
  const given = valuesOf(writer);
  if (given === undefined) return [`${named(place)} with any value`];
  const others = given.filter((one) => !taken.includes(one));
  return others.map((one) => `${named(place)} as ${one}`);
}

/** Keywords that limit from below, and from above. */
const LEAST = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const MOST = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** Keywords that are the same or not. */
const SAME = ['format', 'pattern', 'multipleOf', 'uniqueItems'];

function bounds(reader: Schema, writer: Schema, place: Place): readonly string[] {
  const wider = (keyword: string, isWider: (taken: number, given: number) => boolean): boolean => {
    const taken = reader[keyword] as number | undefined;
    const given = writer[keyword] as number | undefined;
    return taken !== undefined && (given === undefined || isWider(taken, given));
  };
  const broken = [
    ...LEAST.filter((keyword) => wider(keyword, (taken, given) => given < taken)),
    ...MOST.filter((keyword) => wider(keyword, (taken, given) => given > taken)),
    ...SAME.filter((keyword) => keyword in reader && reader[keyword] !== writer[keyword]),
  ];
  return broken.map((keyword) => `${named(place)} with another ${keyword}`);
}

function fields(reader: Schema, writer: Schema, place: Place): readonly string[] {
  const taken = (reader['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const given = (writer['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const needed = listOf(reader['required']);
  const sent = listOf(writer['required']);
  return Object.entries(taken).flatMap(([name, schema]) => {
    const at = { ...place, path: place.path === '' ? name : `${place.path}.${name}` };
    const own = given[name];
    if (needed.includes(name) && !(own !== undefined && sent.includes(name)))
      return [`no ${named(at)}`];
    return own === undefined ? [] : compared(schema, own, at);
  });
}

function items(reader: Schema, writer: Schema, place: Place): readonly string[] {
  return ['items', 'additionalProperties'].flatMap((keyword) => {
    const taken = reader[keyword];
    const given = writer[keyword];
    if (!isSchema(taken) || !isSchema(given)) return [];
    return compared(taken, given, { ...place, path: `${place.path}[]` });
  });
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = (schema['$ref'] as string | undefined)?.slice('#/$defs/'.length);
  const found = name === undefined ? undefined : (root['$defs'] as Record<string, Schema>)[name];
  return found ?? schema;
}

function anyOf(schema: Schema): readonly Schema[] | undefined {
  return (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
}

function valuesOf(schema: Schema): readonly string[] | undefined {
  if ('const' in schema) return [JSON.stringify(schema['const'])];
  const values = schema['enum'] as readonly unknown[] | undefined;
  return values?.map((value) => JSON.stringify(value));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function named({ path }: Place): string {
  return path === '' ? 'it' : `'${path}'`;
}
