import type { TextFormat } from '../declare/class';
import { checkConstraint } from '../declare/numbers';
import type { Rules } from '../declare/options/field-options';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Check } from './check';
import { formatOf } from './kinds';
import { rankOf, rulesByOption, type NamedRule } from './rules';
import { speaksOf } from './rules/rule';
import type { Schema } from './schema';
import { discriminate } from './union';
import { mapAlternatives, mapChildren } from './visit';
import { withChanges } from './with-changes';

/**
 * The schema with constraints of `@Field`, an input or JSDoc, each on the members of a union that it speaks of.
 *
 * @throws BootError RULE_MISFIT where a constraint fits no member, OPTION_NUMBER where it is NaN
 */
export function constrain(schema: Schema, options: Rules, where: Where): Schema {
  const { discriminator, allowInfNan, strict } = options;
  let result = discriminator === undefined ? schema : discriminate(schema, discriminator, where);
  for (const [option, rules] of rulesByOption) {
    const given = options[option];
    if (given === undefined) continue;
    checkConstraint(where, option, [given]);
    result = withOption(result, option, rules, options, where);
  }
  if (allowInfNan !== undefined)
    result = mapAlternatives(result, (member) =>
      member.kind === 'number' ? { ...member, allowInfNan } : member,
    );
  return strict === undefined ? result : strictly(result, strict);
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
  return formatOf(schema) === format ? schema : undefined;
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
  return withChanges<Schema>(schema, {
    checks: checks.toSorted((a, b) => rankOf(a.rule) - rankOf(b.rule)),
  });
}

/** Whether values are converted, for the schema and what it holds; a DTO inside has its own say. */
export function strictly(schema: Schema, strict: boolean): Schema {
  if (schema.strict === strict || schema.kind === 'object') return schema;
  return mapChildren(withChanges<Schema>(schema, { strict }), (inner) => strictly(inner, strict));
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

/** Each member with the rules of an option that speak of it. */
function withOption(
  schema: Schema,
  option: keyof Rules,
  rules: readonly NamedRule[],
  options: Rules,
  where: Where,
): Schema {
  let used = false;
  const result = mapAlternatives(schema, (member) => {
    const speaking = rules.filter((rule) => speaksOf(rule, member));
    used ||= speaking.length > 0;
    return speaking.reduce((constrained, { name, args }) => {
      const given = args === undefined ? [options[option]] : args(options, member);
      return given === undefined
        ? constrained
        : withCheck(constrained, { rule: name, args: given });
    }, member);
  });
  if (used) return result;
  throw misfit(option, where);
}

const misfit = (name: string, where: Where) =>
  new BootError(
    'RULE_MISFIT',
    where,
    `\`${name}\` stands on a value it says nothing about`,
    `a constraint of that type, or change the type to one that has \`${name}\``,
  );
