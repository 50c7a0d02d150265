import { sizeOf, tooShort } from './lists';
import { predicates } from './predicates';
import { rule, type Rules } from './rule';
import { listed, quoted, valueError } from './words';

const { equals, isEmpty, isIn, isInstance, isNotEmpty, isNotEmptyObject, isNotIn, notEquals } =
  predicates;

/** The values of an enum; TypeScript also maps numbers back to names, which are no members. */
export function enumValues(entity: Readonly<Record<string, string | number>>): (string | number)[] {
  return Object.entries(entity)
    .filter(([key]) => Number.isNaN(Number(key)) || key.trim() === '')
    .map(([, value]) => value);
}

const isPlain = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
const allPlain = (values: unknown): values is unknown[] =>
  Array.isArray(values) && values.every(isPlain);

export const values = {
  equals: {
    test: (value, [other]) => equals(value, other),
    document: ([other]) => (isPlain(other) ? { const: other } : {}),
    explain: ([other]) => ({
      type: 'literal_error',
      msg: `Input should be ${quoted(other)}`,
      ctx: { expected: quoted(other) },
    }),
  },
  notEquals: {
    test: (value, [other]) => notEquals(value, other),
    document: ([other]) => (isPlain(other) ? { not: { const: other } } : {}),
    explain: ([other]) => valueError(`the value should not be ${quoted(other)}`),
  },
  isIn: rule<[others: unknown[]]>({
    test: (value, [others]) => isIn(value, others),
    document: ([others]) => (allPlain(others) ? { enum: others } : {}),
    explain: ([others]) => {
      const expected = listed(Array.isArray(others) ? others : []);
      return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
    },
  }),
  isNotIn: rule<[others: unknown[]]>({
    test: (value, [others]) => isNotIn(value, others),
    document: ([others]) => (allPlain(others) ? { not: { enum: others } } : {}),
    explain: ([others]) => valueError(`the value should not be ${listed(others)}`),
  }),
  isEnum: rule<[entity: Record<string, string | number>]>({
    test: (value, [entity]) => enumValues(entity).some((member) => member === value),
    document: ([entity]) => ({ enum: enumValues(entity) }),
    explain: ([entity]) => {
      const expected = listed(enumValues(entity));
      return { type: 'enum', msg: `Input should be ${expected}`, ctx: { expected } };
    },
  }),
  isEmpty: {
    test: (value) => isEmpty(value),
    document: () => ({ enum: ['', null] }),
    explain: () => valueError('the value should be empty'),
  },
  isNotEmpty: {
    test: (value) => isNotEmpty(value),
    emit: (value) => `${value} !== '' && ${value} != null`,
    document: (_args, schema) => (schema.kind === 'string' ? { minLength: 1 } : {}),
    explain: (_args, value) =>
      value === ''
        ? {
            type: 'string_too_short',
            msg: 'String should have at least 1 character',
            ctx: { min_length: 1 },
          }
        : valueError('the value should not be empty'),
  },
  isNotEmptyObject: rule<[options?: { nullable?: boolean }]>({
    for: ['record', 'object'],
    test: (value, [options]) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      isNotEmptyObject(value instanceof Map ? Object.fromEntries(value) : { ...value }, options),
    document: () => ({ minProperties: 1 }),
    explain: (_args, value, schema) =>
      sizeOf(value) === 0
        ? tooShort(schema.kind === 'object' ? { kind: 'any' } : schema, 1, value)
        : valueError('some value should not be null'),
  }),
  isInstance: rule<[type: new () => object]>({
    test: (value, [type]) => isInstance(value, type),
    explain: ([type]) => {
      const { name } = type;
      return {
        type: 'is_instance_of',
        msg: `Input should be an instance of ${name}`,
        ctx: { class: name },
      };
    },
  }),
} satisfies Rules;
