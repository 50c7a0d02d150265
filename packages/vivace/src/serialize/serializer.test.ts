import { Secret } from '../declare/secret';
import { ResponseValidationError } from '../errors/response-validation-error';
import type { Issue } from '../errors/issue';
import { plainField } from '../schema/plain-field';
import type { Field, ObjectSchema, Schema } from '../schema/schema';
import { markSent } from '../validate/fields-set';
import { serializerOf } from './serializer';
import type { FieldFilter } from '../declare/options/field-filter';

const int: Schema = { kind: 'number', integer: true };
const str: Schema = { kind: 'string' };
const NULL: Schema = { kind: 'null' };
const list = (items: Schema): Schema => ({ kind: 'list', items });

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
const withDefault = (name: string, schema: Schema, value: unknown) =>
  plainField(name, schema, { presence: 'default', makeDefault: () => value });

const write = (schema: Schema, value: unknown, filter: FieldFilter = {}): unknown =>
  JSON.parse(String(serializerOf(schema, filter)(value)));
function issuesOf(schema: Schema, value: unknown): readonly Issue[] {
  try {
    serializerOf(schema)(value);
  } catch (error) {
    if (error instanceof ResponseValidationError) return error.issues;
    throw error;
  }
  return [];
}

class User {
  name!: string;
  password!: string;
  age: number | null = null;
  note?: string;
  get shout(): string {
    return `${this.name}!`;
  }
}
const user = object(
  'User',
  [
    plainField('name', { ...str, checks: [{ rule: 'minLength', args: [2] }] }),
    plainField('password', str, { output: false }),
    withDefault('age', { kind: 'union', members: [int, NULL] }, null),
    plainField('note', str, { presence: 'optional' }),
    plainField('shout', str, { computed: true, input: false }),
  ],
  { type: User },
);
const ann = () => Object.assign(new User(), { name: 'ann', password: 'x' });

describe('the serializer of a response model', () => {
  it('writes the declared fields of instances, plain objects and entities alike', () => {
    class Row {
      readonly extra = 1;
      get name() {
        return 'ann';
      }
    }
    const expected = { name: 'ann', age: null, shout: 'ann!' };
    expect(write(user, ann())).toEqual(expected);
    expect(write(user, { name: 'ann', password: 'x', admin: true })).toEqual(expected);
    expect(write(user, new Row())).toEqual(expected);
    expect(write(list(user), [ann(), { name: 'bo', note: 'n' }])).toEqual([
      expected,
      { name: 'bo', age: null, note: 'n', shout: 'bo!' },
    ]);
  });

  it('keeps the order of the declaration', () => {
    const schema = object('A', [
      plainField('b', int),
      plainField('a', int, { presence: 'optional' }),
      plainField('c', int, { presence: 'optional' }),
    ]);
    expect(serializerOf(schema)({ c: 3, a: 2, b: 1 })).toBe('{"b":1,"a":2,"c":3}');
    expect(serializerOf(schema)({ c: 3, b: 1 })).toBe('{"b":1,"c":3}');
    expect(serializerOf(object('B', schema.fields.slice(1)))({ c: 3 })).toBe('{"c":3}');
    expect(serializerOf(object('B', schema.fields.slice(1)))({})).toBe('{}');
  });

  it('converts what can be converted and refuses the rest', () => {
    expect(write(object('A', [plainField('n', int)]), { n: '3' })).toEqual({ n: 3 });
    expect(issuesOf(list(object('A', [plainField('n', int)])), [{ n: 1 }, { n: 'x' }, {}])).toEqual(
      [
        {
          type: 'int_parsing',
          loc: ['response', 1, 'n'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: 'x',
        },
        { type: 'missing', loc: ['response', 2, 'n'], msg: 'Field required', input: {} },
      ],
    );
    expect(issuesOf(user, null).map(({ type }) => type)).toEqual(['model_attributes_type']);
    expect(issuesOf(user, new User()).map(({ type, loc }) => `${type}@${loc.join('.')}`)).toEqual([
      'missing@response.name',
    ]);
  });

  it('refuses a plain object without a required field, also where that may be null', () => {
    const schema = object('A', [plainField('n', { kind: 'union', members: [int, NULL] })]);
    expect(write(schema, { n: null })).toEqual({ n: null });
    expect(issuesOf(schema, {}).map(({ type, loc }) => `${type}@${loc.join('.')}`)).toEqual([
      'missing@response.n',
    ]);
  });

  it('checks constraints and runs validators on plain objects, not on instances', () => {
    expect(issuesOf(user, { name: 'a' }).map(({ type }) => type)).toEqual(['string_too_short']);
    expect(write(user, Object.assign(ann(), { name: 'a' }))).toMatchObject({ name: 'a' });
    class Loud {
      word!: string;
    }
    const loud = object(
      'Loud',
      [plainField('word', str, { after: [(value) => String(value).toUpperCase()] })],
      { type: Loud },
    );
    expect(write(loud, { word: 'hi' })).toEqual({ word: 'HI' });
    expect(write(loud, Object.assign(new Loud(), { word: 'hi' }))).toEqual({ word: 'hi' });
  });

  it('converts fields of an instance without losing its getters', () => {
    class Account {
      readonly #balance = 5;
      id!: unknown;
      get balance() {
        return this.#balance;
      }
    }
    const account = object(
      'Account',
      [plainField('id', int), plainField('balance', int, { computed: true })],
      { type: Account },
    );
    expect(write(account, Object.assign(new Account(), { id: '7' }))).toEqual({
      id: 7,
      balance: 5,
    });
  });

  it('writes every kind of value', () => {
    const schema = object('All', [
      plainField('instant', { kind: 'instant' }),
      plainField('set', { kind: 'list', items: int, unique: true }),
      plainField('map', { kind: 'record', keys: int, values: str, as: 'map' }),
      plainField('record', { kind: 'record', keys: str, values: int, as: 'object' }),
      plainField('pair', { kind: 'tuple', items: [int, str], required: 1, rest: int }),
      plainField('big', { kind: 'bigint' }),
      plainField('secret', { kind: 'secret', inner: str }),
      plainField('decimal', { kind: 'string', format: 'decimal' }),
      plainField('bytes', { kind: 'bytes', encoding: 'base64' }),
      plainField('literal', { kind: 'literal', values: ['a', 1, true, null] }),
      plainField('any', { kind: 'any' }),
      plainField('text', str),
      plainField('when', { kind: 'union', members: [{ kind: 'instant' }, int, NULL] }),
    ]);
    const text = serializerOf(schema)({
      instant: new Date('2026-01-02T03:04:05.006Z'),
      set: new Set([1, 2]),
      map: new Map([[1, 'a']]),
      record: { 'a"b': 1 },
      pair: [1, 'b', 3],
      big: 12345678901234567890n,
      secret: new Secret('x'),
      decimal: 1.5,
      bytes: new Uint8Array([1, 2]),
      literal: null,
      any: { deep: [new Date(0)] },
      text: 'a\u2028\ud800"\\\n',
      when: new Date('2026-01-02T03:04:05Z'),
    });
    expect(text).toBe(
      '{"instant":"2026-01-02T03:04:05.006000Z","set":[1,2],"map":{"1":"a"},"record":{"a\\"b":1},"pair":[1,"b",3],' +
        '"big":12345678901234567890,"secret":"**********","decimal":"1.5","bytes":"AQI=","literal":null,' +
        '"any":{"deep":["1970-01-01T00:00:00+00:00"]},"text":"a\u2028\\ud800\\"\\\\\\n","when":"2026-01-02T03:04:05Z"}',
    );
  });

  it('writes the member of a union that fits', () => {
    class Cat {
      name!: string;
    }
    class Kitten extends Cat {
      weeks!: number;
    }
    const cat = object('Cat', [plainField('name', str)], { type: Cat });
    const kitten = object('Kitten', [plainField('name', str), plainField('weeks', int)], {
      type: Kitten,
    });
    const either: Schema = { kind: 'union', members: [cat, kitten, str, list(int), NULL] };
    const small = Object.assign(new Kitten(), { name: 'x', weeks: 3 });
    expect(
      write(list(either), [
        small,
        Object.assign(new Cat(), { name: 'y' }),
        { name: 'z', weeks: 1 },
        'text',
        [1],
        null,
      ]),
    ).toEqual([{ name: 'x', weeks: 3 }, { name: 'y' }, { name: 'z', weeks: 1 }, 'text', [1], null]);
    expect(issuesOf(either, 5)).toHaveLength(4);
  });

  it('applies what is said about names on the way out', () => {
    const schema = object('A', [
      plainField('itemName', str, {
        out: 'item-name',
        transformOut: [(value) => `<${String(value)}>`],
      }),
    ]);
    expect(write(schema, { itemName: 'x' })).toEqual({ 'item-name': '<x>' });
    expect(write(schema, { itemName: 'x' }, { byAlias: false })).toEqual({ itemName: '<x>' });
  });

  it('leaves out what the operation says', () => {
    const inner = object('Inner', [
      plainField('x', int),
      withDefault('y', { kind: 'union', members: [int, NULL] }, null),
    ]);
    const outer = object('Outer', [
      plainField('a', int),
      withDefault('b', int, 2),
      plainField('inner', inner),
    ]);
    const value = { a: 1, inner: { x: 1 } };
    expect(write(outer, value)).toEqual({ a: 1, b: 2, inner: { x: 1, y: null } });
    expect(write(outer, value, { include: ['a'] })).toEqual({ a: 1 });
    expect(write(list(outer), [value], { exclude: ['a'] })).toEqual([
      { b: 2, inner: { x: 1, y: null } },
    ]);
    expect(write(outer, value, { excludeUnset: true })).toEqual({ a: 1, inner: { x: 1 } });
    expect(write(outer, { ...value, b: 2 }, { excludeUnset: true })).toEqual({
      a: 1,
      b: 2,
      inner: { x: 1 },
    });
    expect(write(outer, { ...value, b: 2 }, { excludeDefaults: true })).toEqual({
      a: 1,
      inner: { x: 1 },
    });
    expect(write(outer, value, { excludeNone: true })).toEqual({ a: 1, b: 2, inner: { x: 1 } });
    const sent = ann();
    markSent(sent, ['name']);
    expect(write(user, sent, { excludeUnset: true })).toEqual({ name: 'ann', shout: 'ann!' });
    sent.age = 3;
    expect(write(user, sent, { excludeUnset: true })).toEqual({
      name: 'ann',
      age: 3,
      shout: 'ann!',
    });
  });

  it('writes recursive types, and says so when an object contains itself', () => {
    const fields: Field[] = [plainField('name', str)];
    const node = object('Node', fields);
    fields.push(plainField('children', list(node)));
    expect(write(node, { name: 'a', children: [{ name: 'b', children: [] }] })).toEqual({
      name: 'a',
      children: [{ name: 'b', children: [] }],
    });
    const loop = { name: 'a', children: [] as unknown[] };
    loop.children.push(loop);
    expect(() => serializerOf(node)(loop)).toThrow('contains itself');
  });

  it('shows unknown fields only where they are allowed', () => {
    const fields = [plainField('a', int)];
    expect(write(object('A', fields, { extra: 'allow' }), { a: 1, b: new Date(0) })).toEqual({
      a: 1,
      b: '1970-01-01T00:00:00+00:00',
    });
    expect(write(object('A', fields, { extra: 'forbid' }), { a: 1, b: 2 })).toEqual({ a: 1 });
  });
});
