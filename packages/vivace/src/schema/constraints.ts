import { mapAlternatives, mapChildren } from './visit';
import type { Rules } from '../declare/options/field-options';
import { checkConstraint } from '../declare/numbers';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Check } from './check';
import { changed } from './with-changes';
import { rankOf } from './rules';
import type { TextFormat } from '../declare/class';
import type { Schema } from './schema';
import { discriminate } from './union';

const BOUNDS = ['gt', 'ge', 'lt', 'le'] as const;
const SIDES = ['past', 'future'] as const;
const LENGTHS = ['minLength', 'maxLength'] as const;

/**
 * The schema with constraints of `@Field`, an input or JSDoc, each on the members of a union that it speaks of.
 *
 * @throws BootError RULE_MISFIT where a constraint fits no member, OPTION_NUMBER where it is NaN
 */
export function constrain(schema: Schema, rules: Rules, where: Where): Schema {
  for (const [name, value] of Object.entries(rules)) checkConstraint(where, name, [value]);
  let result =
    rules.discriminator === undefined ? schema : discriminate(schema, rules.discriminator, where);
  for (const name of BOUNDS)
    if (rules[name] !== undefined)
      result = apply(result, name, (member) => boundOf(member, name, rules[name]), where);
  for (const name of LENGTHS) {
    const count = rules[name];
    if (count !== undefined)
      result = apply(result, name, (member) => lengthOf(member, name, count), where);
  }
  const { multipleOf, pattern, maxDigits, decimalPlaces } = rules;
  if (multipleOf !== undefined)
    result = apply(result, 'multipleOf', (member) => multipleIn(member, multipleOf), where);
  if (pattern !== undefined)
    result = apply(
      result,
      'pattern',
      on(['string', 'literal', 'enum'], { rule: 'pattern', args: [stateless(pattern)] }),
      where,
    );
  if (maxDigits !== undefined)
    result = apply(
      result,
      'maxDigits',
      on(['string', 'number'], { rule: 'maxDigits', args: [maxDigits] }),
      where,
    );
  if (decimalPlaces !== undefined)
    result = apply(
      result,
      'decimalPlaces',
      on(['string', 'number'], { rule: 'decimalPlaces', args: [decimalPlaces] }),
      where,
    );
  if (maxDigits !== undefined && decimalPlaces !== undefined) {
    const whole = { rule: 'wholeDigits', args: [Math.max(0, maxDigits - decimalPlaces)] };
    result = apply(result, 'maxDigits', on(['string', 'number'], whole), where);
  }
  for (const side of SIDES)
    if (rules[side] === true)
      result = apply(result, side, (member) => clockOf(member, side), where);
  if (rules.offset !== undefined)
    result = apply(result, 'offset', (member) => offsetIn(member, rules.offset), where);
  const { allowInfNan } = rules;
  if (allowInfNan !== undefined)
    result = mapAlternatives(result, (member) =>
      member.kind === 'number' ? { ...member, allowInfNan } : member,
    );
  return rules.strict === undefined ? result : strictly(result, rules.strict);
}

/** The schema with a format for its text, or `int` for its numbers. */
export function formatted(
  schema: Schema,
  format: TextFormat | 'int' | undefined,
  where: Where,
): Schema {
  if (format === undefined) return schema;
  let used = false;
  const result = mapAlternatives(schema, (member) => {
    const formed = withFormat(member, format);
    used ||= formed !== undefined;
    return formed ?? member;
  });
  if (used) return result;
  throw misfit('format', where);
}

function withFormat(schema: Schema, format: TextFormat | 'int'): Schema | undefined {
  if (schema.kind === 'number' && format === 'int') return { ...schema, integer: true };
  if (schema.kind === 'string' && format !== 'int') return { ...schema, format };
  return schema.kind === 'instant' && format === 'date-time' ? schema : undefined;
}

/**
 * The schema of files, or of lists of them, that have to be of some media types.
 *
 * @throws BootError RULE_MISFIT where it is of something else
 */
export function accepting(schema: Schema, media: readonly string[], where: Where): Schema {
  const check = { rule: 'file.media', args: media.map((type) => type.toLowerCase()) };
  return mapAlternatives(schema, (member) => {
    if (member.kind === 'list') return { ...member, items: accepting(member.items, media, where) };
    if (member.kind === 'file' || member.kind === 'bytes') return withCheck(member, check);
    if (member.kind === 'null') return member;
    throw misfit('media', where);
  });
}

/** The schema with one more check, in the order in which checks are made. */
export function withCheck(schema: Schema, check: Check): Schema {
  const checks = [...(schema.checks ?? []), check];
  return changed<Schema>(schema, {
    checks: checks.toSorted((a, b) => rankOf(a.rule) - rankOf(b.rule)),
  });
}

/** A regular expression that keeps nothing between two uses. */
export function stateless(pattern: RegExp): RegExp {
  if (!pattern.global && !pattern.sticky) return pattern;
  return new RegExp(
    pattern.sticky ? `^(?:${pattern.source})` : pattern.source,
    pattern.flags.replace(/[gy]/g, ''),
  );
}

/** Whether values are converted, for the schema and what it holds; a DTO inside has its own say. */
export function strictly(schema: Schema, strict: boolean): Schema {
  if (schema.strict === strict || schema.kind === 'object') return schema;
  return mapChildren(changed<Schema>(schema, { strict }), (inner) => strictly(inner, strict));
}

/** Blanks around text are removed, also in what the schema holds. */
export function trimmed(schema: Schema): Schema {
  if (schema.kind === 'object') return schema;
  return schema.kind === 'string' ? { ...schema, trim: true } : mapChildren(schema, trimmed);
}

/** Bytes inside JSON are written in base64, since not all of them are text. */
export function inJson(schema: Schema): Schema {
  if (schema.kind === 'object') return schema;
  return schema.kind === 'bytes' ? { ...schema, encoding: 'base64' } : mapChildren(schema, inJson);
}

type Choice = (member: Schema) => Check | undefined;

const on =
  (kinds: readonly Schema['kind'][], check: Check): Choice =>
  (member) =>
    kinds.includes(member.kind) ? check : undefined;

function apply(schema: Schema, name: string, choose: Choice, where: Where): Schema {
  let used = false;
  const result = mapAlternatives(schema, (member) => {
    const check = choose(member);
    if (check === undefined) return member;
    used = true;
    return withCheck(member, check);
  });
  if (used) return result;
  throw misfit(name, where);
}

const misfit = (name: string, where: Where) =>
  new BootError(
    'RULE_MISFIT',
    where,
    `\`${name}\` stands on a value it says nothing about`,
    `a constraint of that type, or change the type to one that has \`${name}\``,
  );

function boundOf(schema: Schema, name: string, limit: unknown): Check | undefined {
  if (schema.kind === 'number' || schema.kind === 'bigint') return { rule: name, args: [limit] };
  if (schema.kind === 'instant') return { rule: `instant.${name}`, args: [limit] };
  if (schema.kind !== 'string') return undefined;
  return schema.format === 'decimal'
    ? { rule: `decimal.${name}`, args: [limit] }
    : { rule: `text.${name}`, args: [limit, schema.format] };
}

function clockOf(schema: Schema, side: 'past' | 'future'): Check | undefined {
  if (schema.kind === 'instant') return { rule: side, args: ['date-time'] };
  const onClock =
    schema.kind === 'string' && (schema.format === 'date' || schema.format === 'date-time');
  return onClock ? { rule: side, args: [schema.format] } : undefined;
}

function offsetIn(schema: Schema, wanted: boolean | undefined): Check | undefined {
  const hasTime =
    schema.kind === 'string' && (schema.format === 'date-time' || schema.format === 'time');
  return hasTime ? { rule: 'offset', args: [wanted] } : undefined;
}

function multipleIn(schema: Schema, of: number): Check | undefined {
  if (schema.kind === 'number' || schema.kind === 'bigint')
    return { rule: 'multipleOf', args: [of] };
  return schema.kind === 'string' && schema.format === 'decimal'
    ? { rule: 'decimal.multipleOf', args: [of] }
    : undefined;
}

function lengthOf(
  schema: Schema,
  name: 'minLength' | 'maxLength',
  count: number,
): Check | undefined {
  if (schema.kind === 'string' || schema.kind === 'literal' || schema.kind === 'enum')
    return { rule: name, args: [count] };
  if (schema.kind === 'bytes') return { rule: `bytes.${name}`, args: [count] };
  if (schema.kind === 'list' || schema.kind === 'record' || schema.kind === 'tuple')
    return { rule: name === 'minLength' ? 'minItems' : 'maxItems', args: [count] };
  return undefined;
}

export { titleOf } from './names';
export { nullable } from './union';
