import { present } from '../declare/present';
import { checkConstraint } from '../declare/numbers';
import { BootError } from '../errors/boot-error';
import type { Where } from '../errors/where';
import { checkChoices } from './agreement';
import type { Check } from './check';
import type { Constraints } from './class-validator';
import { withCheck } from './constraints';
import { isScalar, plainOf } from './kinds';
import { speaksOf, type Rule } from './rules/rule';
import { typeName } from './type-names';
import { mapChildren } from './visit';
import { withChanges } from './with-changes';
import { rules } from './rules';
import type { NumberSchema, Schema, UnionSchema } from './schema';
import { acceptsNull, ANY, notNull, RECORD, unionOf } from './union';

/** Type decorators: they say what a value is, so that nothing is left to check. */
const TYPES = new Set([
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
  'isDate',
  'isArray',
  'isObject',
]);
/** The schema with the constraints of class-validator; type decorators narrow it, others go to the members they speak of. */
export function narrowed(schema: Schema, constraints: Constraints, where: Where): Schema {
  let result = constraints.defined && !constraints.optional ? defined(schema) : schema;
  if (constraints.nested) result = ofObjects(result, where);
  for (const { rule, args } of [...constraints.checks, ...constraints.each])
    checkConstraint(where, rule, args);
  for (const check of constraints.checks) {
    checkChoices(result, check, where);
    result = withConstraint(result, check, where);
  }
  for (const check of constraints.each) result = withItems(result, check, where);
  return result;
}

/** `@IsDefined()`: null does not fit, whatever else does. */
function defined(schema: Schema): Schema {
  const rest = notNull(schema);
  return acceptsNull(rest) ? withCheck(rest, { rule: 'isDefined', args: [] }) : rest;
}

/** `@ValidateNested()`: what is neither an object nor made of some does not fit. Null is the type's own affair. */
function ofObjects(schema: Schema, where: Where): Schema {
  const members = schema.kind === 'union' ? schema.members : [schema];
  const kept = members.filter((member) => !isScalar(member) || KEPT.includes(member.kind));
  if (kept.every(({ kind }) => kind === 'null')) throw misfit('nestedValidation', schema, where);
  return kept.length === members.length ? schema : unionOf(kept);
}
const KEPT: readonly string[] = ['any', 'null'];

/** The type that decorators alone tell, where TypeScript's is not known; undefined if they leave it open. */
export function typeFromDecorators(
  constraints: Constraints | undefined,
  array: boolean,
): Schema | undefined {
  if (constraints === undefined) return undefined;
  const telling = (checks: readonly Check[]) =>
    checks.some((check) => TYPES.has(check.rule) || isForm(check.rule));
  const list =
    array ||
    constraints.each.length > 0 ||
    constraints.checks.some((check) => check.rule === 'isArray');
  if (list) return telling(constraints.each) ? { kind: 'list', items: ANY } : undefined;
  return telling(constraints.checks) ? ANY : undefined;
}

/** Forms of text and sets of values also tell the type. */
const isForm = (rule: string): boolean =>
  rule === 'isIn' ||
  rule === 'isEnum' ||
  rule === 'equals' ||
  (rules[rule]?.for?.[0] === 'string' &&
    /^is[A-Z]|^IsF/.test(rule) &&
    rule !== 'isLength' &&
    rule !== 'isByteLength');

function withItems(schema: Schema, check: Check, where: Where): Schema {
  if (schema.kind === 'any') return withItems({ kind: 'list', items: ANY }, check, where);
  if (schema.kind === 'union')
    return mapChildren(schema, (member) =>
      member.kind === 'null' ? member : withItems(member, check, where),
    );
  if (
    schema.kind === 'list' ||
    schema.kind === 'tuple' ||
    (schema.kind === 'record' && schema.as === 'map')
  )
    return mapChildren(schema, (inner) => {
      checkChoices(inner, check, where);
      return withConstraint(inner, check, where);
    });
  throw misfit(check.rule, schema, where, ' with `each`');
}

function withConstraint(schema: Schema, check: Check, where: Where): Schema {
  const rule = rules[check.rule];
  if (rule?.for === undefined || check.when !== undefined)
    return withCheck(refusesNull(rule, check) ? notNull(schema) : schema, check);
  if (schema.kind === 'any') return withConstraint(baseOf(rule.for), check, where);
  if (schema.kind === 'secret')
    return { ...schema, inner: withConstraint(schema.inner, check, where) };
  if (schema.kind === 'union') return ofMembers(schema, check, rule, where);
  if (!speaksOf(rule, schema)) throw misfit(check.rule, schema, where);
  return ofType(schema, check);
}

/** Whether null is no value of the type any more. */
const refusesNull = (rule: Rule | undefined, { test, when, args }: Check): boolean =>
  rule !== undefined && test === undefined && when === undefined && !rule.test(null, args);

/** The type of a value of which only a constraint is known. */
function baseOf(kinds: readonly Schema['kind'][]): Schema {
  const [kind = 'any'] = kinds;
  if (kind === 'list') return { kind, items: ANY };
  if (kind === 'record') return RECORD;
  if (kind === 'number' && kinds.includes('string')) return unionOf([{ kind }, { kind: 'string' }]);
  return plainOf(kind) ?? ANY;
}

/** Members that the constraint would refuse go. Null is the type's own affair. */
function ofMembers(schema: UnionSchema, check: Check, rule: Rule, where: Where): Schema {
  const fits = (member: Schema): boolean =>
    member.kind === 'any' ||
    member.kind === 'secret' ||
    member.kind === 'union' ||
    speaksOf(rule, member);
  if (!schema.members.some(fits)) throw misfit(check.rule, schema, where);
  const kept = schema.members.filter((member) => member.kind === 'null' || fits(member));
  return unionOf(
    kept.map((member) => (fits(member) ? withConstraint(member, check, where) : member)),
  );
}

function ofType(schema: Schema, check: Check): Schema {
  const typed = withType(schema, check);
  if (check.test !== undefined) return withCheck(typed, check);
  if (check.rule === 'isNumber') {
    const options = (check.args[0] ?? {}) as {
      allowNaN?: boolean;
      allowInfinity?: boolean;
      maxDecimalPlaces?: number;
    };
    const lax = options.allowNaN === true || options.allowInfinity === true;
    const wider = lax
      ? withChanges<Schema>(typed, { allowInfNan: true } as Partial<NumberSchema>)
      : typed;
    return lax || options.maxDecimalPlaces !== undefined ? withCheck(wider, check) : wider;
  }
  return TYPES.has(check.rule) ? typed : withCheck(schema, check);
}

/** What a type decorator says of the type, and to values of another. */
function withType(schema: Schema, check: Check): Schema {
  if (!TYPES.has(check.rule)) return schema;
  const integer = check.rule === 'isInt' && schema.kind === 'number' && { integer: true };
  const { message, context } = check;
  return {
    ...schema,
    ...integer,
    ...((message ?? context) !== undefined && { words: present({ message, context }) }),
  };
}

function misfit(rule: string, schema: Schema, where: Where, how = ''): BootError {
  const type = typeName(schema);
  const options = optionsOf(schema);
  const constraint = options.length === 0 ? '' : ` (@Field() takes ${options.join(', ')})`;
  return new BootError(
    'RULE_MISFIT',
    where,
    `the constraint \`${rule}\`${how} stands on a value of type ${type}, of which it would refuse every value`,
    `a constraint of ${type}${constraint}, or change the type of the field`,
  );
}

/** The options of `@Field()` that speak of a type. */
function optionsOf(schema: Schema): string[] {
  const options = Object.values(rules).map((rule) =>
    rule?.for !== undefined && speaksOf(rule, schema) ? rule.option : undefined,
  );
  return [...new Set(options)].filter((option) => option !== undefined).sort();
}
