import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';

import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { interpret } from './interpret';
import type { Fitting, Outcome } from './validation-state';
import { readFittingPart } from '../compile/fitting-members';
import { sentFields } from './fields-set';
import { serializerOf } from '../serialize/serializer';
import { INVALID, validatorOf, validatorSource } from './validator';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 5) });

class Point {
  x!: number;
  y = 1;
  label?: string;
}

const shape = {
  input: true,
  output: true,
  computed: false,
  transformIn: [],
  transformOut: [],
  notes: {},
} as const;
const wireName = (field: Field) => field.in[0] ?? field.name;
const check = (rule: string, ...args: unknown[]) => ({ rule, args });

const scalar: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  { kind: 'any' },
  { kind: 'null' },
  { kind: 'string' },
  { kind: 'string', trim: true, checks: [check('minLength', 1), check('maxLength', 3)] },
  { kind: 'string', checks: [{ rule: 'custom', args: [], test: (value) => value !== 'a' }] },
  {
    kind: 'string',
    checks: [
      {
        rule: 'custom',
        args: [],
        test: (value, of) => value !== (of as { b?: unknown } | undefined)?.b,
      },
    ],
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
);
const name = fc.constantFrom('a', 'b', 'toString', '__proto__', 'item-name');
const throwing = (value: unknown) => {
  if (value === 'b') throw new Error('no b');
  return value;
};

const { schema } = fc.letrec<{ schema: Schema; field: Field; object: ObjectSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.record({
      kind: fc.constant('list' as const),
      items: tie('schema'),
      unique: fc.boolean(),
      checks: fc.constantFrom([], [check('maxItems', 2), check('minItems', 1)]),
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
    tie('object'),
  ),
  object: fc.record({
    kind: fc.constant('object' as const),
    name: fc.constantFrom('A', 'B'),
    type: fc.constantFrom(undefined, Point),
    fields: fc.uniqueArray(tie('field'), { selector: (field) => field.name, maxLength: 3 }),
    extra: fc.constantFrom('ignore' as const, 'forbid' as const, 'allow' as const),
    before: fc.constantFrom([], [(input: unknown) => (input === 'a' ? {} : input)]),
    after: fc.constantFrom([], [throwing]),
  }),
  field: fc
    .record({
      name,
      schema: tie('schema'),
      presence: fc.constantFrom('required' as const, 'optional' as const, 'default' as const),
      alias: fc.option(fc.constantFrom('x', 'y')),
      when: fc.constantFrom(undefined, undefined, [
        (_: object, value: unknown) => value !== 'skip',
      ]),
      before: fc.constantFrom([], [], [throwing]),
      after: fc.constantFrom(
        [],
        [],
        [
          (value: unknown, info: { values: object }) =>
            Object.keys(info.values).length > 1 ? throwing(value) : value,
        ],
      ),
    })
    .map(({ alias, when, ...field }): Field => ({
      ...shape,
      ...field,
      in: alias === null ? [field.name] : [alias, field.name],
      out: field.name,
      ...(when === undefined ? {} : { when }),
      ...(field.presence === 'default' ? { makeDefault: () => null } : {}),
    })),
}));

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
function near(of: Schema): fc.Arbitrary<unknown> {
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
      case 'object':
        return fc.record(
          Object.fromEntries(of.fields.map((each) => [wireName(each), near(each.schema)])),
          {
            requiredKeys: of.fields.filter((each) => each.presence === 'required').map(wireName),
          },
        );
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

/** The instances inside, with what is known of what was sent. */
function sentInside(built: unknown): unknown {
  if (typeof built !== 'object' || built === null) return undefined;
  const inside =
    built instanceof Map
      ? [...built.values()]
      : built instanceof Set
        ? [...built]
        : Object.values(built);
  return [sentFields(built)?.toSorted(), ...inside.map(sentInside)];
}

describe('the compiled validator', () => {
  it.each(['json', 'text'] as const)('has the verdict and value of interpret (%s)', (mode) => {
    fc.assert(
      fc.property(
        schema.chain((each) => fc.tuple(fc.constant(each), near(each))),
        ([ofSchema, given]) => {
          const compiled = validatorOf(ofSchema, { mode })(given);
          const { value: explained, issues } = interpret(ofSchema, given, {
            loc: [],
            mode,
          }) as Outcome;
          expect(compiled === INVALID).toBe(issues.length > 0);
          if (compiled === INVALID) return;
          expect(compiled).toStrictEqual(explained);
          expect(sentInside(compiled)).toEqual(sentInside(explained));
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
    );
  });

  it('reads parts that fit as interpret would', () => {
    fc.assert(
      fc.property(
        schema.chain((each) => fc.tuple(fc.constant(each), near(each))),
        ([ofSchema, given]) => {
          const outcome = (fitting?: Fitting) =>
            interpret(ofSchema, given, { loc: ['body'], mode: 'json', fitting }) as Outcome;
          const [alone, helped] = [outcome(), outcome(readFittingPart)];
          // Jest takes objects with an own `constructor` that is NaN for objects of different classes.
          expect(isDeepStrictEqual(helped, alone)).toBe(true);
          expect(sentInside(helped.value)).toEqual(sentInside(alone.value));
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
    );
  });

  it('leaves parts to interpret that call the program, so that it is not called more often', () => {
    let calls = 0;
    const counted: Schema = {
      kind: 'number',
      checks: [{ rule: 'custom', args: [], test: () => (calls += 1) > 0 }],
    };
    const item: ObjectSchema = {
      kind: 'object',
      name: 'Item',
      type: undefined,
      extra: 'ignore',
      before: [],
      after: [],
      fields: [
        {
          ...shape,
          name: 'size',
          schema: counted,
          presence: 'required',
          in: ['size'],
          out: 'size',
          before: [],
          after: [],
        },
      ],
    };
    const given = [{ size: 1 }, { size: 2 }, {}];
    const { issues } = interpret({ kind: 'list', items: item }, given, {
      loc: [],
      mode: 'json',
      fitting: readFittingPart,
    }) as Outcome;
    expect(issues).toMatchObject([{ type: 'missing', loc: [2, 'size'] }]);
    expect(calls).toBe(2);
  });

  const point: ObjectSchema = {
    kind: 'object',
    name: 'Point',
    type: Point,
    extra: 'ignore',
    before: [],
    after: [],
    fields: [
      {
        ...shape,
        name: 'x',
        in: ['x'],
        out: 'x',
        schema: { kind: 'number', checks: [check('ge', 0)] },
        presence: 'required',
        before: [],
        after: [],
      },
      {
        ...shape,
        name: 'y',
        in: ['y'],
        out: 'y',
        schema: { kind: 'number' },
        presence: 'default',
        makeDefault: () => 1,
        before: [],
        after: [],
      },
    ],
  };

  it('reads recursive types', () => {
    const fields: Field[] = [];
    const tree: ObjectSchema = { ...point, name: 'Tree', type: undefined, fields };
    fields.push({
      ...shape,
      name: 'children',
      in: ['children'],
      out: 'children',
      schema: { kind: 'list', items: tree },
      presence: 'required',
      before: [],
      after: [],
    });
    expect(validatorOf(tree)({ children: [{ children: [] }] })).toEqual({
      children: [{ children: [] }],
    });
    expect(validatorOf(tree)({ children: [{ children: [{}] }] })).toBe(INVALID);
  });

  it('trims text that also fits a member of a union which does not', () => {
    const trimmed: Schema = { kind: 'string', trim: true };
    const plain: Schema = { kind: 'string' };
    expect(validatorOf({ kind: 'union', members: [trimmed, plain] })(' c ')).toBe('c');
    expect(validatorOf({ kind: 'union', members: [plain, trimmed] })(' c ')).toBe(' c ');
  });

  it('leaves to interpret what has to be waited for', () => {
    const waits: Schema = {
      kind: 'string',
      checks: [{ rule: 'custom', args: [], test: async () => true }],
    };
    expect(validatorOf(waits)('x')).toBe(INVALID);
  });

  it('is printed as a program that can be read', () => {
    const text = validatorSource(point);
    expect(text).toContain('function read_Point(value, object) {');
    expect(text).toContain('>= 0');
  });

  it('is made once for a schema', () => {
    expect(validatorOf(point)).toBe(validatorOf(point));
    expect(validatorOf(point, { groups: ['a'] })).not.toBe(validatorOf(point));
  });
});

describe('the serializer', () => {
  it('writes what was read as JSON.stringify would', () => {
    const text = fc.string({ unit: 'binary' });
    const kinds: readonly (readonly [Schema, fc.Arbitrary<unknown>])[] = [
      [{ kind: 'string' }, text],
      [{ kind: 'number' }, fc.double({ noNaN: true, noDefaultInfinity: true })],
      [{ kind: 'any' }, fc.jsonValue()],
      [{ kind: 'list', items: { kind: 'string' } }, fc.array(text)],
      [{ kind: 'boolean' }, fc.boolean()],
    ];
    const names = fc.shuffledSubarray(['a', 'b', 'c', 'quo"te', '\u2028'], { minLength: 1 });
    const plain = names.map((chosen) => {
      const members = kinds.slice(0, chosen.length).map(([ofKind, values], index) => {
        const member = chosen[index] ?? '';
        const field: Field = {
          ...shape,
          name: member,
          in: [member],
          out: member,
          schema: ofKind,
          presence: index % 2 === 0 ? 'required' : 'optional',
          before: [],
          after: [],
        };
        return { field, values };
      });
      return {
        ofSchema: { ...object('P'), fields: members.map(({ field }) => field) },
        values: fc.record(
          Object.fromEntries(members.map(({ field, values }) => [field.name, values])),
        ),
      };
    });
    fc.assert(
      fc.property(
        plain.chain(({ ofSchema, values }) => fc.tuple(fc.constant(ofSchema), values)),
        ([ofSchema, given]) => {
          expect(serializerOf(ofSchema)({ ...given, extra: 1 })).toBe(
            JSON.stringify(
              Object.fromEntries(ofSchema.fields.map(({ name: each }) => [each, given[each]])),
            ),
          );
        },
      ),
    );
  });
});

function object(ofName: string): ObjectSchema {
  return {
    kind: 'object',
    name: ofName,
    type: undefined,
    fields: [],
    extra: 'ignore',
    before: [],
    after: [],
  };
}
