import type { JsonSchema } from './json-schema-type';
import type { Schema } from './schema';

/** What a union may be, also by a union inside it of which nothing more is said; null last, as pydantic has it. */
export function alternatives(members: readonly Schema[]): readonly Schema[] {
  const all = members.flatMap(membersOf);
  const isNull = ({ kind }: Schema): boolean => kind === 'null';
  return [...all.filter((member) => !isNull(member)), ...all.filter(isNull)];
}

function membersOf(schema: Schema): readonly Schema[] {
  const isBare =
    schema.kind === 'union' &&
    [schema.discriminator, schema.checks, schema.notes].every((each) => each === undefined);
  return isBare ? schema.members.flatMap(membersOf) : [schema];
}

/** One of several, as pydantic has it: what is one of several itself is taken apart, and each stands there once. */
export function anyOf(written: readonly JsonSchema[]): JsonSchema {
  const apart = written.flatMap((each) =>
    Array.isArray(each['anyOf']) && Object.keys(each).length === 1
      ? (each['anyOf'] as readonly JsonSchema[])
      : [each],
  );
  const distinct = new Map(apart.map((each) => [JSON.stringify(each), each]));
  const [first = {}, ...others] = distinct.values();
  return others.length === 0 ? first : { anyOf: [first, ...others] };
}
