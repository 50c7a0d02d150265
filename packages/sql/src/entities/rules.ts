import type { ShapeField } from 'vivace/extend';
import type { Problem } from './limits';

type Rules = ShapeField['rules'];

/** The first rule of a field, as JSON Schema says them, that a value breaks. */
export function brokenRule(rules: Rules, value: unknown): Problem | undefined {
  for (const [keyword, limit] of Object.entries(rules)) {
    const problem = RULES.get(keyword)?.(value, limit as number);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type Rule = (value: unknown, limit: number) => Problem | undefined;

const RULES: ReadonlyMap<string, Rule> = new Map([
  ['minimum', number('greater_than_equal', 'ge', 'greater than or equal to', (a, b) => a >= b)],
  ['exclusiveMinimum', number('greater_than', 'gt', 'greater than', (a, b) => a > b)],
  ['maximum', number('less_than_equal', 'le', 'less than or equal to', (a, b) => a <= b)],
  ['exclusiveMaximum', number('less_than', 'lt', 'less than', (a, b) => a < b)],
  ['minLength', size('string_too_short', 'String', 'at least', 'characters', (a, b) => a >= b)],
  ['maxLength', size('string_too_long', 'String', 'at most', 'characters', (a, b) => a <= b)],
  ['minItems', size('too_short', 'List', 'at least', 'items', (a, b) => a >= b)],
  ['maxItems', size('too_long', 'List', 'at most', 'items', (a, b) => a <= b)],
]);

function number(
  type: string,
  key: string,
  words: string,
  holds: (value: number, limit: number) => boolean,
): Rule {
  return (value, limit) =>
    (typeof value !== 'number' && typeof value !== 'bigint') || holds(Number(value), limit)
      ? undefined
      : { type, msg: `Input should be ${words} ${limit}`, ctx: { [key]: limit } };
}

function size(
  type: string,
  what: 'String' | 'List',
  words: string,
  unit: string,
  holds: (size: number, limit: number) => boolean,
): Rule {
  return (value, limit) => {
    const length = what === 'String' ? typeof value === 'string' : Array.isArray(value);
    return !length || holds((value as string | unknown[]).length, limit)
      ? undefined
      : { type, msg: `${what} should have ${words} ${limit} ${unit}` };
  };
}
