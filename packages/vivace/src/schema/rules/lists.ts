import { indexed } from '../indexed-list';
import type { Schema } from '../schema';
import { predicates } from './predicates';
import { rule, type Problem, type Rule, type Rules } from './rule';
import { plural, quoted, valueError } from './words';

const { arrayContains, arrayNotContains, arrayUnique } = predicates;

/** How many items an array, set, map or plain object has. */
export function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Set || value instanceof Map) return value.size;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function nameOf(schema: Schema): string {
  if (schema.kind === 'list') return schema.unique ? 'Set' : 'List';
  return schema.kind === 'tuple' ? 'Tuple' : 'Dictionary';
}

/** Fewer items than there should be. */
export function tooShort(schema: Schema, min: number, value: unknown): Problem {
  const [name, size] = [nameOf(schema), sizeOf(value)];
  return {
    type: 'too_short',
    msg: `${name} should have at least ${min} item${plural(min)} after validation, not ${size}`,
    ctx: { field_type: name, min_length: min, actual_length: size },
  };
}

/** More items than there should be. Of a set pydantic does not count them. */
export function tooLong(schema: Schema, max: number, value: unknown): Problem {
  const name = nameOf(schema);
  const size = name === 'Set' ? null : sizeOf(value);
  return {
    type: 'too_long',
    msg: `${name} should have at most ${max} item${plural(max)} after validation, not ${size ?? 'more'}`,
    ctx: { field_type: name, max_length: max, actual_length: size },
  };
}

const collections: Counted = { for: ['list', 'record', 'tuple'], size: sizeOf };
/** What class-validator takes for an array: nothing else has a number of items. */
const arrays: Counted = {
  for: ['list', 'tuple'],
  size: (value) => (Array.isArray(value) || value instanceof Set ? sizeOf(value) : NaN),
};

interface Counted {
  readonly for: NonNullable<Rule['for']>;
  size(value: unknown): number;
}
const keyword = (schema: Schema, end: 'min' | 'max'): string =>
  `${end}${schema.kind === 'record' ? 'Properties' : 'Items'}`;

function atLeast({ for: kinds, size }: Counted, fixed?: number): Rule<[min?: number]> {
  const min = ([given = NaN]: readonly [min?: number]) => fixed ?? given;
  return {
    for: kinds,
    counts: true,
    test: (value, args) => size(value) >= min(args),
    document: (args, schema) => ({ [keyword(schema, 'min')]: min(args) }),
    explain: (args, value, schema) => tooShort(schema, min(args), value),
  };
}
const atMost = ({ for: kinds, size }: Counted): Rule<[max: number]> => ({
  for: kinds,
  counts: true,
  test: (value, [max]) => size(value) <= max,
  document: ([max], schema) => ({ [keyword(schema, 'max')]: max }),
  explain: ([max], value, schema) => tooLong(schema, max, value),
});

/** What is no list is told so by the predicates themselves. */
const asArray = (value: unknown): unknown[] =>
  value instanceof Set ? [...value] : (value as unknown[]);

export const lists = {
  minItems: { ...atLeast(collections), option: 'minLength' },
  maxItems: { ...atMost(collections), option: 'maxLength' },
  arrayNotEmpty: atLeast(arrays, 1),
  arrayMinSize: atLeast(arrays),
  arrayMaxSize: atMost(arrays),
  arrayContains: rule<[items: unknown[]]>({
    for: ['list'],
    test: (value, [items]) => arrayContains(asArray(value), items),
    explain: ([items]) => valueError(`the list should contain ${items.map(quoted).join(', ')}`),
  }),
  arrayNotContains: rule<[items: unknown[]]>({
    for: ['list'],
    test: (value, [items]) => arrayNotContains(asArray(value), items),
    explain: ([items]) => valueError(`the list should not contain ${items.map(quoted).join(', ')}`),
  }),
  arrayUnique: {
    for: ['list'],
    test: (value) => arrayUnique(indexed(asArray(value)) as unknown[]),
    document: () => ({ uniqueItems: true }),
    explain: () => valueError('all items of the list should be different'),
  },
} satisfies Rules;
