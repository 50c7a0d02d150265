import { quoted } from '../schema/rules/words';
import { pydanticName } from '../schema/type-names';
import type { Discriminator, Schema, UnionSchema } from '../schema/schema';
import { isInstance, isObject } from './properties';
import { EXACT, INVALID, type Match, type ValidationState, type Steps } from './validation-state';
import { Refusal } from './refusal';
import { readOnce } from './tried';

const NULL: Schema = { kind: 'null' };
const NOT_OBJECT = new Refusal(
  'model_attributes_type',
  'Input should be a valid dictionary or object to extract fields from',
);

/** Reads one of several: the member that the discriminator names, else the one that fits best. */
export function* readUnion(
  schema: UnionSchema,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  const members = schema.members.filter((member) => member.kind !== 'null');
  const isNull = value === null || (value === undefined && reading.origin.output);
  if (isNull && members.length < schema.members.length) return null;
  if (members.length < 2) return yield* reading.read(members[0] ?? NULL, value);
  if (schema.discriminator !== undefined)
    return yield* readTagged(schema.discriminator, value, reading);
  const best = yield* bestMember(members, value, reading);
  if (best === undefined) return INVALID;
  reading.fits(best.reading.exactness);
  if (best.reading.fields !== undefined) reading.counts(best.reading.fields);
  return best.value;
}

/** The member that a value fits best, as pydantic's smart mode finds it; without one, the issues of all members. */
export function* bestMember(
  members: readonly Schema[],
  value: unknown,
  reading: ValidationState,
): Steps<Match | undefined> {
  let best: Match | undefined;
  const attempts: ValidationState[] = [];
  for (const member of members) {
    const attempt = reading.fork(pydanticName(member));
    const match = yield* readOnce(member, value, attempt);
    attempts.push(attempt);
    if (match.value === INVALID) continue;
    if (attempt.exactness === EXACT && attempt.fields === undefined) return match;
    if (best === undefined || fitsBetter(attempt, best.reading)) best = match;
  }
  if (best === undefined) for (const attempt of attempts) reading.issues.push(...attempt.issues);
  return best;
}

function fitsBetter(attempt: ValidationState, best: ValidationState): boolean {
  const counted =
    attempt.fields !== undefined && best.fields !== undefined && attempt.fields !== best.fields;
  return counted ? attempt.fields! > best.fields! : attempt.exactness > best.exactness;
}

function* readTagged(
  discriminator: Discriminator,
  value: unknown,
  reading: ValidationState,
): Steps<unknown> {
  if (!isObject(value)) return reading.refuse(NOT_OBJECT, value);
  const { field, tagOf, members } = discriminator;
  const own = reading.origin.output
    ? [...members].find(([, member]) => isInstance(member, value))
    : undefined;
  const tag = own === undefined ? tagOf(value) : own[0];
  const named = field === undefined ? `${tagOf.name}()` : `'${field}'`;
  if (tag === undefined) {
    return reading.refuse(
      new Refusal('union_tag_not_found', `Unable to extract tag using discriminator ${named}`, {
        discriminator: named,
      }),
      value,
    );
  }
  const member = members.get(tag);
  if (member !== undefined)
    return yield* reading.at(typeof tag === 'number' ? tag : String(tag), member, value);
  const expected = Array.from(members.keys(), quoted).join(', ');
  const shown = typeof tag === 'string' ? tag : quoted(tag);
  const text = `Input tag '${shown}' found using ${named} does not match any of the expected tags: ${expected}`;
  return reading.refuse(
    new Refusal('union_tag_invalid', text, {
      discriminator: named,
      tag: shown,
      expected_tags: expected,
    }),
    value,
  );
}
