import { quoted } from '../schema/rules/words';
import type { Discriminator, Schema, UnionSchema } from '../schema/schema';
import { isInstance, isObject } from './properties';
import { EXACT, INVALID, type ValidationState, type Steps } from './validation-state';
import { Refusal } from './refusal';

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
  if (value === null && members.length < schema.members.length) return null;
  if (members.length < 2) return yield* reading.read(members[0] ?? NULL, value);
  if (schema.discriminator !== undefined)
    return yield* readTagged(schema.discriminator, value, reading);
  const best = yield* bestMember(members, value, reading);
  if (best === undefined) return INVALID;
  reading.fits(best.reading.exactness);
  if (best.reading.fields !== undefined) reading.counts(best.reading.fields);
  return best.value;
}

interface Match {
  readonly member: Schema;
  readonly value: unknown;
  readonly reading: ValidationState;
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
    const attempt = reading.fork(memberName(member));
    const match = { member, value: yield* attempt.read(member, value), reading: attempt };
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

/** What pydantic calls a member of a union in the place of an issue. */
function memberName(schema: Schema): string {
  switch (schema.kind) {
    case 'string':
      return schema.format === undefined
        ? constrained(schema, 'str')
        : (FORMATS[schema.format] ?? schema.format);
    case 'number':
      return constrained(schema, schema.integer === true ? 'int' : 'float');
    case 'bigint':
      return constrained(schema, 'int');
    case 'boolean':
      return 'bool';
    case 'null':
      return 'none';
    case 'instant':
      return 'datetime';
    case 'literal':
      return `literal[${schema.values.map(quoted).join(',')}]`;
    case 'enum':
      return `${enumKind(schema.values)}[${schema.name}]`;
    case 'list':
      return `${schema.unique === true ? 'set' : 'list'}[${memberName(schema.items)}]`;
    case 'tuple':
      return `tuple[${[...schema.items.map(memberName), ...(schema.rest === undefined ? [] : ['...'])].join(', ')}]`;
    case 'record':
      return `dict[${memberName(schema.keys)},${memberName(schema.values)}]`;
    case 'union':
      return unionName(schema);
    case 'object':
      return schema.name ?? 'object';
    case 'recursive':
      return schema.name;
    case 'secret':
      return memberName(schema.inner);
    default:
      return schema.kind;
  }
}

/** One that takes null is `nullable` of the others; a tagged one says so. */
function unionName({ members, discriminator }: UnionSchema): string {
  const others = members.filter(({ kind }) => kind !== 'null').map(memberName);
  const kind = discriminator === undefined ? 'union' : 'tagged-union';
  const name = others.length === 1 ? String(others[0]) : `${kind}[${others.join(',')}]`;
  return others.length < members.length ? `nullable[${name}]` : name;
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'datetime',
  duration: 'timedelta',
};

function constrained(schema: Schema, name: string): string {
  return schema.checks === undefined || schema.checks.length === 0 ? name : `constrained-${name}`;
}

function enumKind(values: readonly unknown[]): string {
  if (values.every((value) => typeof value === 'string')) return 'str-enum';
  return values.every(Number.isInteger) ? 'int-enum' : 'enum';
}
