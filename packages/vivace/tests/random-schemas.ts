import * as fc from 'fast-check';
import type { Check, Words } from '../src/schema/check';
import { plainField } from '../src/schema/plain-field';
import type { Field, ObjectSchema, Schema } from '../src/schema/schema';

export class Point {
  x!: number;
  y = 1;
  label?: string;
}

const check = (rule: string, ...args: unknown[]): Check => ({ rule, args });
const custom = (test: NonNullable<Check['test']>): Check => ({ ...check('custom'), test });
const wireName = (field: Field) => field.in[0] ?? field.name;

const scalars: readonly Schema[] = [
  { kind: 'any' },
  { kind: 'null' },
  { kind: 'string' },
  { kind: 'string', trim: true, checks: [check('minLength', 1), check('maxLength', 3)] },
  { kind: 'string', checks: [check('pattern', /^[ab]/), check('isEmail')] },
  { kind: 'string', words: { context: { hint: 1 } }, checks: [check('maxLength', 1)] },
  {
    kind: 'string',
    checks: [{ ...check('minLength', 2), message: (value, of) => `${value} ${keysOf(of)}` }],
  },
  { kind: 'string', format: 'date' },
  { kind: 'string', format: 'decimal', strict: true },
  { kind: 'number', integer: true },
  { kind: 'number', integer: true, strict: true },
  { kind: 'number', checks: [check('multipleOf', 2), check('gt', 0)] },
  { kind: 'number', allowInfNan: true, strict: true },
  { kind: 'boolean' },
  { kind: 'boolean', strict: true },
  { kind: 'bigint' },
  { kind: 'instant' },
  { kind: 'bytes' },
  { kind: 'literal', values: ['a', 1, true, null] },
  { kind: 'enum', name: 'Level', values: [0, 1] },
  { kind: 'secret', inner: { kind: 'string', checks: [check('minLength', 1)] } },
];
/** Those that call functions of the program. */
const calling: readonly Schema[] = [
  { kind: 'string', checks: [custom((value) => value !== 'a')] },
  {
    kind: 'string',
    checks: [custom((value, of) => value !== (of as { b?: unknown } | undefined)?.b)],
  },
];
const keysOf = (of: object | undefined): string => Object.keys(of ?? {}).join();

const name = fc.constantFrom('a', 'b', 'toString', '__proto__', 'item-name');
const throwing = (value: unknown) => {
  if (value === 'b') throw new Error('no b');
  return value;
};
const aloneOnly = (value: unknown, info: { values: object }) =>
  Object.keys(info.values).length > 1 ? throwing(value) : value;

/**
 * Schemas of all kinds.
 *
 * @param program whether some have hooks, conditions and constraints that are functions of the program
 */
export function schemas({ program }: { readonly program: boolean }): fc.Arbitrary<Schema> {
  const none = fc.constant([]);
  const scalar = fc.constantFrom(...scalars, ...(program ? calling : []));
  return fc.letrec<{ schema: Schema; field: Field; object: ObjectSchema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.record({
        kind: fc.constant('list' as const),
        items: tie('schema'),
        unique: fc.boolean(),
        checks: fc.constantFrom(
          [],
          [check('maxItems', 2), check('minItems', 1)],
          [check('arrayUnique')],
        ),
      }),
      fc.record({
        kind: fc.constant('tuple' as const),
        items: fc.array(tie('schema'), { maxLength: 2 }),
        required: fc.constantFrom(0),
      }),
      fc.record({
        kind: fc.constant('record' as const),
        keys: scalar,
        values: tie('schema'),
        as: fc.constantFrom('object' as const, 'map' as const),
      }),
      fc.record({
        kind: fc.constant('union' as const),
        members: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
      }),
      tie('schema').map((inner): Schema => ({ kind: 'union', members: [inner, { kind: 'null' }] })),
      tie('schema').map((inner): Schema => ({ kind: 'recursive', name: 'Alias', inner })),
      tie('object'),
    ),
    object: fc.record({
      kind: fc.constant('object' as const),
      name: fc.constantFrom('A', 'B'),
      type: fc.constantFrom(undefined, Point),
      fields: fc.uniqueArray(tie('field'), { selector: (field) => field.name, maxLength: 3 }),
      extra: fc.constantFrom('ignore' as const, 'forbid' as const, 'allow' as const),
      before: program
        ? fc.constantFrom([], [(input: unknown) => (input === 'a' ? {} : input)])
        : none,
      after: program ? fc.constantFrom([], [throwing]) : none,
    }),
    field: fc
      .record({
        name,
        schema: tie('schema'),
        presence: fc.constantFrom('required' as const, 'optional' as const, 'default' as const),
        alias: fc.option(fc.constantFrom('x', 'y')),
        missing: fc.constantFrom<Words | undefined>(
          undefined,
          undefined,
          { context: { hint: 2 } },
          { message: (_, of) => `beside ${keysOf(of)}` },
        ),
        before: program ? fc.constantFrom([], [], [throwing]) : none,
        after: program ? fc.constantFrom([], [], [aloneOnly]) : none,
      })
      .map(({ alias, missing, name: called, schema, ...field }) =>
        plainField(called, schema, {
          ...field,
          in: alias === null ? [called] : [alias, called],
          ...(missing !== undefined && { missing }),
          ...(field.presence === 'default' && { makeDefault: () => null }),
        }),
      ),
  })).schema;
}

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    2,
    -1,
    1.5,
    2 ** 53,
    Infinity,
    Number.NaN,
    'a',
    'b',
    '',
    ' a ',
    '1',
    '2.0',
    'true',
    '2020-01-01',
    'skip',
    'abcd',
  ),
  fc.constantFrom<unknown>(
    undefined,
    -0,
    5e-324,
    2 ** 53 + 2,
    -Infinity,
    '-0',
    '1e400',
    '0x10',
    '1_000',
    '9'.repeat(400),
    `0.${'0'.repeat(400)}1`,
    '2020-02-30',
    '2020-01-01T00:00:00Z',
    '0000-01-01',
    '-000001-01-01T00:00:00Z',
    '\ud800',
    'a\u0301',
    '\u{1f468}\u200d\u{1f469}',
    '\u00a0a\u2028',
    '\0',
    'YES',
  ),
  fc.string({ maxLength: 3 }),
  fc.string({ maxLength: 3, unit: 'binary' }),
  fc.double(),
  fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString())),
  fc.bigInt().map(String),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.constant(Object.assign([], { 1: 'a' })),
    fc.dictionary(fc.oneof(name, fc.constantFrom('x', 'y', '1', 'constructor', '')), tie('any'), {
      maxKeys: 4,
    }),
  ),
})).any;

/** Values that mostly fit. */
export function near(of: Schema): fc.Arbitrary<unknown> {
  const fitting = (): fc.Arbitrary<unknown> => {
    switch (of.kind) {
      case 'list':
        return fc.array(near(of.items), { maxLength: 3 });
      case 'tuple':
        return fc.tuple(...of.items.map(near));
      case 'record':
        return fc.dictionary(
          fc.constantFrom('a', 'b', '1', 'true', '2020-01-01', '__proto__'),
          near(of.values),
          { maxKeys: 2 },
        );
      case 'union':
        return fc.oneof(...of.members.map(near));
      case 'recursive':
        return near(of.inner);
      case 'object': {
        const fields = Object.fromEntries(
          of.fields.map((each) => [wireName(each), near(each.schema)]),
        );
        const required = of.fields.filter(({ presence }) => presence === 'required').map(wireName);
        return fc.oneof(
          { weight: 4, arbitrary: fc.record(fields, { requiredKeys: required }) },
          { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
        );
      }
      case 'string':
        return fc.constantFrom('a', 'b', ' c ', '2020-01-01', '1.5', '');
      case 'boolean':
        return fc.constantFrom<unknown>(true, 'yes', 0);
      default:
        return fc.constantFrom<unknown>(null, 0, 1, '1', 2, 'a', '2020-01-01', true);
    }
  };
  return fc.oneof({ weight: 12, arbitrary: fitting() }, { weight: 1, arbitrary: value });
}
