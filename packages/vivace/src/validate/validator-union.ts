import type { Schema, UnionSchema } from '../schema/schema';
import { readNow } from './interpret';
import { INVALID } from './validation-state';
import { isObject } from './properties';
import type { Validate, Validators } from './validators';

/** Reads one of several: by its tag, by the only member that can take it, else the one that fits best. */
export function oneOfReader(schema: UnionSchema, validators: Validators): Validate {
  const acceptsNull = schema.members.some((member) => member.kind === 'null');
  if (schema.discriminator !== undefined) {
    const { members, tagOf } = schema.discriminator;
    const readers = new Map([...members].map(([tag, member]) => [tag, validators.of(member)]));
    return (value, object) => {
      if (value === null && acceptsNull) return null;
      const read = isObject(value) ? readers.get(tagOf(value)) : undefined;
      return read === undefined ? INVALID : read(value, object);
    };
  }
  const isFlat = !schema.members.some(
    ({ kind }) =>
      kind === 'secret' || kind === 'union' || kind === 'recursive' || kind === 'library',
  );
  const trims = schema.members.some((member) => member.kind === 'string' && member.trim === true);
  const scalars = new Set(isFlat && !trims ? schema.members.flatMap(scalarType) : []);
  const readerOf = (member: Schema | undefined) =>
    member === undefined ? undefined : validators.of(member);
  const readObject = readerOf(onlyOne(schema.members, ['object', 'record']));
  const takesLists = schema.members.some(
    (member) => member.kind === 'object' && member.before.length > 0,
  );
  const readList = takesLists ? undefined : readerOf(onlyOne(schema.members, ['list', 'tuple']));
  return (value, object) => {
    if (value === null && acceptsNull) return null;
    const type = typeof value;
    if (scalars.has(type) && (type !== 'number' || Number.isFinite(value))) return value;
    const read =
      type !== 'object'
        ? undefined
        : Array.isArray(value)
          ? readList
          : isPlain(value)
            ? readObject
            : undefined;
    return read === undefined
      ? readNow(schema, value, validators.options, object)
      : read(value, object);
  };
}

/** The type of values that fit a member exactly as they are. */
function scalarType(member: Schema): string[] {
  if (member.checks !== undefined) return [];
  if (member.kind === 'string')
    return member.format === undefined && member.trim !== true ? ['string'] : [];
  if (member.kind === 'number') return member.integer === true ? [] : ['number'];
  return member.kind === 'boolean' ? ['boolean'] : [];
}

/** The only member of some kinds, if no other member could take such a value. */
function onlyOne(members: readonly Schema[], kinds: readonly Schema['kind'][]): Schema | undefined {
  const some = members.filter(
    (member) =>
      kinds.includes(member.kind) ||
      ['any', 'union', 'recursive', 'secret', 'library'].includes(member.kind),
  );
  const [only, ...others] = some;
  return others.length === 0 && only !== undefined && kinds.includes(only.kind) ? only : undefined;
}

function isPlain(value: unknown): boolean {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}
