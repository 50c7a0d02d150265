import type { ObjectSchema, Schema, UnionSchema } from '../schema/schema';
import { begin } from '../validate/interpret';
import { bestMember } from '../validate/interpret-union';
import { isInstance } from '../validate/properties';
import type { Write, Writers } from './serializer-writers';

/** Writes one of several: by the class of an instance, by the tag, by the type of a scalar, else what fits best. */
export function oneOfWriter(schema: UnionSchema, writers: Writers): Write {
  const members = schema.members.filter((member) => member.kind !== 'null');
  const acceptsNull = members.length < schema.members.length;
  const objects = members.filter((member) => member.kind === 'object');
  const scalars = new Map(
    members.flatMap((member) =>
      scalarType(member).map((type) => [type, writers.of(member)] as const),
    ),
  );
  // All are printed before the first value comes.
  for (const member of members) writers.of(member);
  return (value, checked) => {
    if (value === null && acceptsNull) return 'null';
    const member = memberByClass(objects, value) ?? memberByTag(schema, value);
    if (member !== undefined) return writers.of(member)(value, checked);
    const text = scalars.get(typeof value)?.(value, checked);
    if (text !== undefined) return text;
    const best = bestNow(members, value);
    return best === undefined ? undefined : writers.of(best.member)(best.value, false);
  };
}

function memberByClass(objects: readonly ObjectSchema[], value: unknown): ObjectSchema | undefined {
  const instances = objects.filter((member) => isInstance(member, value));
  return instances.find((member) => (value as object).constructor === member.type) ?? instances[0];
}

function memberByTag({ discriminator }: UnionSchema, value: unknown): ObjectSchema | undefined {
  return typeof value === 'object'
    ? discriminator?.members.get(discriminator.tagOf(value))
    : undefined;
}

/** The type of a scalar that no other member would take better. */
function scalarType(member: Schema): string[] {
  if (member.checks !== undefined) return [];
  if (member.kind === 'string') return member.format === undefined ? ['string'] : [];
  return member.kind === 'boolean' || member.kind === 'bigint' || member.kind === 'number'
    ? [member.kind]
    : [];
}

function bestNow(members: readonly Schema[], value: unknown) {
  const step = bestMember(members, value, begin({ loc: [], mode: 'json', output: true })).next();
  return step.done === true ? step.value : undefined;
}
