import type { Rules } from '../declare/options/field-options';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import type { Check } from './check';
import type { Constraints } from './class-validator';
import { enumValues } from './rules/values';
import type { Schema } from './schema';
import { typeName } from './type-names';
import { children } from './visit';

/** What one place says, for a message: `@Min(1)` and 1. */
interface Said {
  readonly by: string;
  readonly value: unknown;
}

/** The decorators of class-validator that say the same as an option. */
const SAME: Readonly<Partial<Record<keyof Rules, readonly string[]>>> = {
  ge: ['min'],
  le: ['max'],
  multipleOf: ['isDivisibleBy'],
  minLength: ['minLength', 'isLength', 'arrayMinSize'],
  maxLength: ['maxLength', 'isLength', 'arrayMaxSize'],
};
const TAGS: Readonly<Partial<Record<keyof Rules, string>>> = { ge: 'minimum', le: 'maximum' };

/**
 * Compares what the comment of a field, `@Field` and class-validator say of the same thing.
 *
 * @throws BootError FACTS_DISAGREE
 */
export function checkAgreement(
  { tags, options }: { readonly tags: Rules; readonly options: Rules },
  constraints: Constraints | undefined,
  where: Where,
): void {
  for (const name of Object.keys({ ...tags, ...options }) as (keyof Rules)[]) {
    const all = [
      ...said(tags[name], `the comment (\`@${TAGS[name] ?? name} ${String(tags[name])}\`)`),
      ...said(options[name], `\`@Field({ ${name}: ${String(options[name])} })\``),
      ...(constraints?.checks ?? []).flatMap((check) => saidByCheck(name, check)),
    ];
    const [first, ...others] = all;
    const other = others.find(({ value }) => String(value) !== String(first!.value));
    if (other !== undefined) throw disagree(first!.by, other.by, where);
  }
}

const said = (value: unknown, by: string): Said[] => (value === undefined ? [] : [{ by, value }]);

function saidByCheck(name: keyof Rules, { rule, args, when }: Check): Said[] {
  if (when !== undefined || SAME[name]?.includes(rule) !== true) return [];
  const value = rule === 'isLength' && name === 'maxLength' ? args[1] : args[0];
  return said(value, `\`${rule}(${args.map(String).join(', ')})\` of class-validator`);
}

/**
 * Compares the values that a decorator lets through with those of the type.
 *
 * @throws BootError FACTS_DISAGREE where none of them is a value of the type, or the type names its values and lacks one
 */
export function checkChoices(schema: Schema, check: Check, where: Where): void {
  const choices = choicesOf(check);
  const [odd, ...others] = choices.filter((choice) => !mayBe(schema, choice));
  if (odd === undefined || (others.length + 1 < choices.length && !namesValues(schema))) return;
  throw disagree(
    `\`${check.rule}\` of class-validator, which takes ${JSON.stringify(odd)},`,
    `the type ${typeName(schema)}`,
    where,
  );
}

function choicesOf({ rule, args, test, when }: Check): readonly unknown[] {
  if (test !== undefined || when !== undefined) return [];
  const [given] = args;
  if (rule === 'equals') return isPlain(given) ? [given] : [];
  if (rule === 'isIn') return Array.isArray(given) ? given.filter(isPlain) : [];
  return rule === 'isEnum' ? enumValues(given as Record<string, string | number>) : [];
}

const isPlain = (value: unknown): boolean =>
  ['string', 'number', 'boolean', 'bigint'].includes(typeof value);

function namesValues(schema: Schema): boolean {
  if (schema.kind === 'union' || schema.kind === 'secret')
    return children(schema).every(namesValues);
  return schema.kind === 'literal' || schema.kind === 'enum' || schema.kind === 'null';
}

/** Whether a plain value may be one of a type; only what is certain is false. */
function mayBe(schema: Schema, value: unknown): boolean {
  switch (schema.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return typeof value === schema.kind;
    case 'literal':
    case 'enum':
      return (schema.values as readonly unknown[]).includes(value);
    case 'union':
    case 'secret':
      return children(schema).some((inner) => mayBe(inner, value));
    case 'null':
    case 'list':
    case 'tuple':
    case 'record':
    case 'object':
      return false;
    default:
      return true;
  }
}

function disagree(one: string, other: string, where: Where): BootError {
  return new BootError(
    'FACTS_DISAGREE',
    where,
    `${one} and ${other} cannot both be right`,
    'the same in both places, or one of them only',
  );
}
