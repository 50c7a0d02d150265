import type { Rule, Rules } from './rule';

const typeError = (type: string, words: string) => ({
  type,
  msg: `Input should be a valid ${words}`,
});

/** Type decorators with a message or condition of the user's, or that stand on a value of several types. */
function typed(
  kinds: NonNullable<Rule['for']>,
  test: (value: unknown) => boolean,
  type: string,
  words: string,
): Rule {
  return { for: kinds, test: (value) => test(value), explain: () => typeError(type, words) };
}

export const types = {
  isString: typed(['string'], (value) => typeof value === 'string', 'string_type', 'string'),
  isBoolean: typed(['boolean'], (value) => typeof value === 'boolean', 'bool_type', 'boolean'),
  isDate: typed(
    ['instant'],
    (value) => value instanceof Date && !Number.isNaN(value.getTime()),
    'datetime_type',
    'datetime',
  ),
  isArray: typed(
    ['list'],
    (value) => Array.isArray(value) || value instanceof Set,
    'list_type',
    'list',
  ),
  isObject: typed(
    ['record', 'object', 'instant', 'bytes'],
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'dict_type',
    'dictionary',
  ),
  isInt: {
    for: ['number'],
    test: (value) => Number.isInteger(value),
    emit: (value, _args, constant) => `${constant(Number.isInteger)}(${value})`,
    document: () => ({ type: 'integer' }),
    explain: (_args, value) =>
      typeof value !== 'number'
        ? typeError('int_type', 'integer')
        : Number.isFinite(value)
          ? typeError('int_from_float', 'integer, got a number with a fractional part')
          : { type: 'finite_number', msg: 'Input should be a finite number' },
  },
  isDefined: {
    test: (value) => value !== undefined && value !== null,
    explain: () => ({ type: 'missing', msg: 'Field required' }),
  },
} satisfies Rules;
