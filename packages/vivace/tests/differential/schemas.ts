import * as fc from 'fast-check';
import type { Check } from '../../src/schema/check';
import type { Field, ObjectSchema, Schema } from '../../src/schema/schema';

const check = (rule: string, ...args: unknown[]): Check => ({ rule, args });
const noneOr = (...checks: readonly Check[][]): fc.Arbitrary<readonly Check[]> =>
  fc.constantFrom([], ...checks);

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>({ kind: 'any' }, { kind: 'null' }, { kind: 'boolean' }),
  noneOr(
    [check('minLength', 1)],
    [check('maxLength', 2)],
    [check('pattern', /^a/)],
    [check('minLength', 1), check('maxLength', 3)],
  ).map((checks): Schema => ({ kind: 'string', checks })),
  fc
    .tuple(
      fc.boolean(),
      noneOr(
        [check('gt', 0)],
        [check('ge', 1), check('lt', 9)],
        [check('le', 2.5)],
        [check('multipleOf', 2)],
      ),
    )
    .map(([integer, checks]): Schema => ({ kind: 'number', integer, checks })),
  fc
    .subarray(['a', 'b', 1, 2.5, true, null] as const, { minLength: 1 })
    .map((values): Schema => ({ kind: 'literal', values: [...values] })),
);

const NAMES = ['a', 'b', 'quo"te', 'toString', '\u2028'] as const;

const plain = {
  input: true,
  output: true,
  computed: false,
  before: [],
  after: [],
  transformIn: [],
  transformOut: [],
  notes: {},
} satisfies Partial<Field>;

/** Schemas of what JSON can hold, in which nothing is converted. */
export const { schema, object } = fc.letrec<{ schema: Schema; object: ObjectSchema }>((tie) => ({
  schema: fc
    .oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.record({
        kind: fc.constant('list' as const),
        items: tie('schema'),
        checks: noneOr([check('minItems', 1)], [check('maxItems', 1)]),
      }),
      fc
        .tuple(
          fc.array(tie('schema'), { maxLength: 3 }),
          fc.nat(3),
          fc.option(tie('schema'), { nil: undefined }),
        )
        .map(([items, required, rest]): Schema => ({
          kind: 'tuple',
          items,
          required: Math.min(required, items.length),
          ...(rest && { rest }),
        })),
      tie('schema').map((values): Schema => ({
        kind: 'record',
        keys: { kind: 'string' },
        values,
        as: 'object',
      })),
      fc
        .array(tie('schema'), { minLength: 1, maxLength: 3 })
        .map((members): Schema => ({ kind: 'union', members })),
      tie('object'),
    )
    .map((each): Schema => ({ ...each, strict: true })),
  object: fc.record({
    kind: fc.constant('object' as const),
    name: fc.constant(undefined),
    type: fc.constant(undefined),
    extra: fc.constantFrom('ignore' as const, 'forbid' as const, 'allow' as const),
    before: fc.constant([]),
    after: fc.constant([]),
    fields: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie('schema'), fc.boolean()), {
        selector: ([name]) => name,
        maxLength: 3,
      })
      .map((all) =>
        all.map(([name, of, required]): Field => ({
          ...plain,
          name,
          in: [name],
          out: name,
          schema: of,
          presence: required ? 'required' : 'optional',
        })),
      ),
  }),
}));

/** JSON that a schema mostly accepts. */
export function jsonFor(of: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 20, arbitrary: fitting(of) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
}

function fitting(of: Schema): fc.Arbitrary<unknown> {
  switch (of.kind) {
    case 'list':
      return fc.array(jsonFor(of.items), { maxLength: 3 });
    case 'tuple':
      return fc
        .tuple(
          fc.tuple(...of.items.map(jsonFor)),
          of.rest === undefined ? fc.constant([]) : fc.array(jsonFor(of.rest), { maxLength: 2 }),
          fc.nat(3),
        )
        .map(([items, rest, cut]) =>
          rest.length > 0
            ? [...items, ...rest]
            : items.slice(0, Math.max(of.required - 1, items.length - cut)),
        );
    case 'record':
      return fc.dictionary(fc.constantFrom(...NAMES), jsonFor(of.values), { maxKeys: 2 });
    case 'union':
      return fc.oneof(...of.members.map(jsonFor));
    case 'object':
      return fc
        .tuple(
          fc.tuple(
            ...of.fields.map((field) =>
              field.presence === 'required'
                ? jsonFor(field.schema)
                : fc.option(jsonFor(field.schema), { nil: undefined }),
            ),
          ),
          fc.boolean(),
        )
        .map(([values, more]) => {
          const entries = of.fields
            .map(({ name }, at): [string, unknown] => [name, values[at]])
            .filter(([, value]) => value !== undefined);
          return Object.fromEntries(more ? [...entries, ['undeclared', 'secret']] : entries);
        });
    case 'string':
      return fc.constantFrom('a', 'ab', 'abc', 'b', '', 'abcd', '😀');
    case 'number':
      return fc.constantFrom<unknown>(0, 1, 2, 4, -1, 1.5, 2.5, 8, 9, 1e9);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'literal':
      return fc.constantFrom(...of.values);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}
