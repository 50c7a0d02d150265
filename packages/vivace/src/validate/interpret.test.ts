import { HTTPException } from '../errors/http-exception';
import { Secret } from '../declare/secret';
import { plainField } from '../schema/plain-field';
import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { interpret, type InterpretOptions } from './interpret';
import type { Outcome } from './validation-state';
import { sentFields } from './fields-set';

const int: Schema = { kind: 'number', integer: true };
const float: Schema = { kind: 'number' };
const str: Schema = { kind: 'string' };
const NULL: Schema = { kind: 'null' };
const list = (items: Schema): Schema => ({ kind: 'list', items });
const union = (...members: Schema[]): Schema => ({ kind: 'union', members });

function object(name: string, fields: Field[], more: Partial<ObjectSchema> = {}): ObjectSchema {
  return {
    kind: 'object',
    name,
    type: undefined,
    fields,
    extra: 'ignore',
    before: [],
    after: [],
    ...more,
  };
}
const optional = (name: string, schema: Schema) =>
  plainField(name, schema, { presence: 'optional' });

const read = (schema: Schema, value: unknown, options: Partial<InterpretOptions> = {}) =>
  interpret(schema, value, { loc: [], mode: 'json', ...options }) as Outcome;
/** Issues as `type@place`. */
const wrong = (schema: Schema, value: unknown, options: Partial<InterpretOptions> = {}) =>
  read(schema, value, options).issues.map(({ type, loc }) => `${type}@${loc.join('.')}`);

class Item {
  name!: string;
  price!: number;
  tax: number | null = null;
  note?: string;
}
const item = object(
  'Item',
  [
    plainField('name', { ...str, checks: [{ rule: 'minLength', args: [3] }] }),
    plainField('price', { ...float, checks: [{ rule: 'gt', args: [0] }] }),
    plainField('tax', union(float, NULL), { presence: 'default', makeDefault: () => null }),
    optional('note', str),
  ],
  { type: Item },
);

describe('a DTO', () => {
  it('becomes an instance with its defaults, and knows what was sent', () => {
    const { value } = read(item, { name: 'Lamp', price: '3.5', unknown: 1 });
    expect(value).toBeInstanceOf(Item);
    expect(value).toEqual({ name: 'Lamp', price: 3.5, tax: null, note: undefined });
    expect(sentFields(value as Item)).toEqual(['name', 'price']);
  });

  it('is refused with one issue for each place, the values as they were sent', () => {
    expect(read(item, { name: 'ab', price: '-1', note: null }, { loc: ['body'] }).issues).toEqual([
      {
        type: 'string_too_short',
        loc: ['body', 'name'],
        msg: 'String should have at least 3 characters',
        input: 'ab',
        ctx: { min_length: 3 },
      },
      {
        type: 'greater_than',
        loc: ['body', 'price'],
        msg: 'Input should be greater than 0',
        input: '-1',
        ctx: { gt: 0 },
      },
      {
        type: 'string_type',
        loc: ['body', 'note'],
        msg: 'Input should be a valid string',
        input: null,
      },
    ]);
  });

  it('shows the object around a missing field', () => {
    const input = { price: 1 };
    expect(read(item, input).issues).toEqual([
      { type: 'missing', loc: ['name'], msg: 'Field required', input },
    ]);
  });

  it.each([[null], ['x'], [[]], [3]])('is not made of %j', (value) => {
    expect(wrong(item, value)).toEqual(['model_attributes_type@']);
  });

  it('ignores, forbids or keeps unknown fields', () => {
    const fields = [plainField('a', int)];
    expect(read(object('A', fields), { a: 1, z: 2 }).value).toEqual({ a: 1 });
    expect(wrong(object('A', fields, { extra: 'forbid' }), { z: 2, a: 'x', y: 1 })).toEqual([
      'int_parsing@a',
      'extra_forbidden@z',
      'extra_forbidden@y',
    ]);
    expect(read(object('A', fields, { extra: 'allow' }), { a: 1, z: 2 }).value).toEqual({
      a: 1,
      z: 2,
    });
  });

  it.each(['ignore', 'allow'] as const)(
    'is not polluted by names that every object has (%s)',
    (extra) => {
      const { value } = read(
        object('A', [optional('toString', str)], { extra }),
        JSON.parse('{"__proto__":{"admin":true},"constructor":1}'),
      );
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.keys(value as object)).toEqual([]);
      expect((value as { admin?: boolean }).admin).toBeUndefined();
    },
  );

  it('takes a field by each of its names', () => {
    const schema = object('A', [plainField('itemName', str, { in: ['item-name', 'itemName'] })]);
    expect(read(schema, { 'item-name': 'x' }).value).toEqual({ itemName: 'x' });
    expect(read(schema, { itemName: 'x' }).value).toEqual({ itemName: 'x' });
    expect(wrong(schema, { itemName: 1 })).toEqual(['string_type@itemName']);
    expect(wrong(schema, {})).toEqual(['missing@item-name']);
  });

  it('runs field validators around the type, with the fields before it', () => {
    const seen: unknown[] = [];
    const schema = object('A', [
      plainField('a', int),
      plainField('b', str, {
        before: [(value) => String(value)],
        after: [
          (value, info) => {
            seen.push(info);
            if (value === '13') throw new Error('bad luck');
            return `${String(value)}!`;
          },
        ],
      }),
    ]);
    expect(read(schema, { a: '1', b: 2 }).value).toEqual({ a: 1, b: '2!' });
    expect(seen[0]).toMatchObject({ name: 'b', mode: 'json', values: { a: 1 } });
    expect(read(schema, { a: 1, b: 13 }).issues).toEqual([
      {
        type: 'value_error',
        loc: ['b'],
        msg: 'Value error, bad luck',
        input: 13,
        ctx: { error: {} },
      },
    ]);
  });

  it('runs model validators after all fields passed', () => {
    const fail = () => {
      throw new Error('no');
    };
    const schema = object('A', [plainField('a', int)], { after: [fail] });
    expect(read(list(schema), [{ a: 1 }]).issues).toEqual([
      {
        type: 'value_error',
        loc: [0],
        msg: 'Value error, no',
        input: { a: 1 },
        ctx: { error: {} },
      },
    ]);
    expect(wrong(schema, { a: 'x' })).toEqual(['int_parsing@a']);
    expect(
      read(object('A', [plainField('a', int)], { before: [(input) => ({ a: input })] }), 5).value,
    ).toEqual({ a: 5 });
  });

  it('lets an answer to the client pass that a validator throws', () => {
    const schema = object('A', [], {
      after: [
        () => {
          throw new HTTPException(409);
        },
      ],
    });
    expect(() => read(schema, {})).toThrow(HTTPException);
  });

  it('skips the constraints of a field whose condition is false', () => {
    const short: Schema = { ...str, checks: [{ rule: 'minLength', args: [3] }] };
    const schema = object('A', [
      plainField('code', short, {
        conditional: { when: [(of) => (of as { strict: boolean }).strict], otherwise: str },
      }),
      plainField('strict', { kind: 'boolean' }),
    ]);
    expect(read(schema, { code: 'x', strict: false }).value).toEqual({ code: 'x', strict: false });
    expect(read(schema, { strict: false }).value).toEqual({ strict: false });
    expect(wrong(schema, { code: 'x', strict: true })).toEqual(['string_too_short@code']);
    expect(wrong(schema, { strict: true })).toEqual(['missing@code']);
  });

  it('gives custom constraints the whole object', () => {
    const same: Schema = {
      ...str,
      checks: [
        {
          rule: 'custom',
          args: [],
          test: (value, of) => value === (of as { repeat: string }).repeat,
          message: (value) => `${String(value)} is not repeated`,
          context: { code: 7 },
        },
      ],
    };
    const schema = object('A', [plainField('password', same), plainField('repeat', str)]);
    expect(wrong(schema, { password: 'x', repeat: 'x' })).toEqual([]);
    expect(read(schema, { password: 'x', repeat: 'y' }).issues).toEqual([
      {
        type: 'value_error',
        loc: ['password'],
        msg: 'Value error, x is not repeated',
        input: 'x',
        ctx: { error: {}, code: 7 },
      },
    ]);
  });

  it('reads a field as its groups have it', () => {
    const free = plainField('n', int);
    const positive = { ...int, checks: [{ rule: 'gt', args: [0] }] };
    const inGroups = (groups: readonly string[]) =>
      groups.includes('a') ? plainField('n', positive) : free;
    const schema = object('A', [{ ...free, inGroups }]);
    expect(wrong(schema, { n: -1 })).toEqual([]);
    expect(wrong(schema, { n: -1 }, { groups: ['a'] })).toEqual(['greater_than@n']);
    expect(wrong(schema, { n: -1 }, { groups: ['b'] })).toEqual([]);
  });

  it('waits for constraints that give promises', async () => {
    const free: Schema = {
      ...str,
      checks: [
        {
          rule: 'custom',
          args: [],
          test: async (value) => value !== 'taken',
          message: () => 'taken',
        },
      ],
    };
    const schema = object('A', [plainField('name', free), plainField('age', int)]);
    await expect(
      interpret(schema, { name: 'free', age: 1 }, { loc: [], mode: 'json' }),
    ).resolves.toEqual({
      value: { name: 'free', age: 1 },
      issues: [],
    });
    const refused = await interpret(schema, { name: 'taken', age: 'x' }, { loc: [], mode: 'json' });
    expect(refused.issues.map(({ msg }) => msg)).toEqual([
      'Value error, taken',
      'Input should be a valid integer, unable to parse string as an integer',
    ]);
  });

  it('says the words of the user', () => {
    const schema: Schema = {
      ...int,
      checks: [{ rule: 'gt', args: [0], message: (value) => `${String(value)} is too small` }],
    };
    expect(read(schema, -1).issues[0]).toMatchObject({
      type: 'greater_than',
      msg: '-1 is too small',
    });
  });
});

describe('lists, sets, tuples and records', () => {
  it('are read item by item', () => {
    expect(read(list(int), ['1', 2]).value).toEqual([1, 2]);
    expect(wrong(list(int), ['x', 1, 'y'])).toEqual(['int_parsing@0', 'int_parsing@2']);
    expect(wrong(list(int), 'abc')).toEqual(['list_type@']);
    expect(read({ kind: 'list', unique: true, items: int }, [1, '1', 2]).value).toEqual(
      new Set([1, 2]),
    );
    expect(wrong({ kind: 'list', unique: true, items: int }, {})).toEqual(['set_type@']);
  });

  it('are not read if they are too long, and too short only if every item fits', () => {
    expect(wrong({ ...list(int), checks: [{ rule: 'maxItems', args: [1] }] }, ['x', 'y'])).toEqual([
      'too_long@',
    ]);
    expect(wrong({ ...list(int), checks: [{ rule: 'minItems', args: [2] }] }, ['x'])).toEqual([
      'int_parsing@0',
    ]);
    const set: Schema = {
      kind: 'list',
      unique: true,
      items: int,
      checks: [{ rule: 'maxItems', args: [1] }],
    };
    expect(read(set, [1, 2]).issues).toEqual([
      {
        type: 'too_long',
        loc: [],
        msg: 'Set should have at most 1 item after validation, not more',
        input: [1, 2],
        ctx: { field_type: 'Set', max_length: 1, actual_length: null },
      },
    ]);
  });

  it('of a fixed length miss the items that are not there', () => {
    const pair: Schema = { kind: 'tuple', items: [int, str], required: 2 };
    expect(read(pair, ['1', 'a']).value).toEqual([1, 'a']);
    expect(wrong(pair, [1])).toEqual(['missing@1']);
    expect(read(pair, [1, 'a', 2]).issues[0]).toMatchObject({
      type: 'too_long',
      msg: 'Tuple should have at most 2 items after validation, not 3',
      ctx: { field_type: 'Tuple', max_length: 2, actual_length: 3 },
    });
    expect(
      read({ kind: 'tuple', items: [str], required: 1, rest: int }, ['a', '1', 2]).value,
    ).toEqual(['a', 1, 2]);
  });

  it('check keys as text, in a place of their own', () => {
    const record: Schema = { kind: 'record', keys: int, values: int, as: 'object' };
    expect(read(record, { 1: '2' }).value).toEqual({ 1: 2 });
    expect(wrong(record, { a: '1', 2: 'x' })).toEqual(['int_parsing@2', 'int_parsing@a.[key]']);
    expect(read({ ...record, as: 'map' }, { 1: 2 }).value).toEqual(new Map([[1, 2]]));
    expect(wrong(record, [])).toEqual(['dict_type@']);
    const open = read(
      { kind: 'record', keys: str, values: int, as: 'object' },
      JSON.parse('{"__proto__":1}'),
    ).value as object;
    expect(Object.keys(open)).toEqual(['__proto__']);
  });
});

describe('unions', () => {
  const cat = object('Cat', [
    plainField('name', str),
    plainField('lives', int, { presence: 'default', makeDefault: () => 9 }),
  ]);
  const dog = object('Dog', [plainField('name', str), optional('age', int)]);

  it.each<[Schema, unknown, unknown]>([
    [union(int, str), '1', '1'],
    [union(int, str), true, 1],
    [union(float, int), '1', 1],
    [union(int, { kind: 'boolean' }), 'true', true],
    [union(int, { kind: 'boolean' }), true, true],
    [union({ kind: 'instant' }, str), '2020-01-01', '2020-01-01'],
    [union({ kind: 'instant' }, int), '5', new Date(5000)],
    [union({ kind: 'instant' }, int), 5, 5],
    [union(list(int), list(str)), ['1'], ['1']],
    [union(cat, dog), { name: 'x' }, { name: 'x', lives: 9 }],
    [union(cat, dog), { name: 'x', age: 3 }, { name: 'x', age: 3 }],
    [union(cat, dog), { name: 'x', age: 3, lives: 1 }, { name: 'x', lives: 1 }],
    [union(int, NULL), null, null],
  ])('%j takes the member that fits %j best', (schema, value, expected) => {
    expect(read(schema, value)).toEqual({ value: expected, issues: [] });
  });

  it('say what is wrong with each member', () => {
    expect(wrong(union(int, str, NULL), [])).toEqual(['int_type@int', 'string_type@str']);
    expect(wrong(union(int, NULL), 'x')).toEqual(['int_parsing@']);
    expect(wrong(union(cat, dog), {})).toEqual(['missing@Cat.name', 'missing@Dog.name']);
    expect(
      wrong(
        union(
          list(int),
          { kind: 'record', keys: str, values: int, as: 'object' },
          { kind: 'tuple', items: [int, str], required: 2 },
          { kind: 'literal', values: ['x', 1] },
          { kind: 'enum', name: 'E', values: ['a'] },
        ),
        5,
      ),
    ).toEqual([
      'list_type@list[int]',
      'dict_type@dict[str,int]',
      'tuple_type@tuple[int, str]',
      "literal_error@literal['x',1]",
      'enum@str-enum[E]',
    ]);
  });

  it('are told apart by a tag', () => {
    const a = object('A', [plainField('kind', { kind: 'literal', values: ['a'] })]);
    const b = object('B', [
      plainField('kind', { kind: 'literal', values: ['b', 'c'] }),
      plainField('y', int),
    ]);
    const tagOf = (value: unknown) => (value as { kind?: unknown }).kind;
    const members = new Map([
      ['a', a],
      ['b', b],
      ['c', b],
    ]);
    const tagged: Schema = {
      kind: 'union',
      members: [a, b],
      discriminator: { field: 'kind', tagOf, members },
    };
    expect(read(tagged, { kind: 'a' }).value).toEqual({ kind: 'a' });
    expect(wrong(tagged, { kind: 'b' })).toEqual(['missing@b.y']);
    expect(wrong(tagged, 5)).toEqual(['model_attributes_type@']);
    expect(read(tagged, {}).issues[0]).toMatchObject({
      type: 'union_tag_not_found',
      msg: "Unable to extract tag using discriminator 'kind'",
      ctx: { discriminator: "'kind'" },
    });
    expect(read(tagged, { kind: 'z' }).issues[0]).toMatchObject({
      type: 'union_tag_invalid',
      msg: "Input tag 'z' found using 'kind' does not match any of the expected tags: 'a', 'b', 'c'",
      ctx: { discriminator: "'kind'", tag: 'z', expected_tags: "'a', 'b', 'c'" },
    });
  });
});

describe('secrets', () => {
  it('are checked inside and never shown', () => {
    const secret: Schema = {
      kind: 'secret',
      inner: { ...str, checks: [{ rule: 'minLength', args: [3] }] },
    };
    const { value } = read(secret, 'hunter2');
    expect(value).toBeInstanceOf(Secret);
    expect((value as Secret).reveal()).toBe('hunter2');
    expect(read(secret, 'ab').issues[0]).toMatchObject({
      type: 'string_too_short',
      input: '**********',
    });
  });

  it('are not shown by what is around them', () => {
    const login = object('Login', [
      plainField('name', str),
      plainField('password', { kind: 'secret', inner: str }),
    ]);
    const team = object('Team', [
      plainField('members', list(login)),
      plainField('leader', union(item, login)),
    ]);
    expect(read(login, { password: 'x' }).issues[0]?.input).toEqual({ password: '**********' });
    expect(
      JSON.stringify(
        read(team, { members: [{ password: 'hush' }], leader: { password: 'hush' } }).issues,
      ),
    ).not.toContain('hush');
    expect(JSON.stringify(read(team, { leader: { password: 'hush' } }).issues)).not.toContain(
      'hush',
    );
  });
});
