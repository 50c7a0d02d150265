import type { ObjectSchema, Schema, UnionSchema } from './schema';
import { plainField } from './plain-field';
import { alternatives, childAt, children, childrenInPlace, mapChildren, some, walk } from './visit';

const text: Schema = { kind: 'string' };
const whole: Schema = { kind: 'number', integer: true };
const object = (name: string, fields: Readonly<Record<string, Schema>> = {}): ObjectSchema => ({
  kind: 'object',
  name,
  type: undefined,
  fields: Object.entries(fields).map(([key, schema]) => plainField(key, schema)),
  extra: 'ignore',
  before: [],
  after: [],
});
const file: Schema = { kind: 'file' };
const form = object('Form', { title: text, scan: { kind: 'list', items: file } });

const kinds: readonly (readonly [string, Schema, readonly Schema[]])[] = [
  ['text', text, []],
  ['a list', { kind: 'list', items: text }, [text]],
  ['a tuple', { kind: 'tuple', items: [text], required: 1, rest: whole }, [text, whole]],
  ['a record', { kind: 'record', keys: text, values: whole, as: 'object' }, [text, whole]],
  ['a union', { kind: 'union', members: [text, whole] }, [text, whole]],
  ['a secret', { kind: 'secret', inner: text }, [text]],
  ['an alias', { kind: 'recursive', name: 'Json', inner: text }, [text]],
  ['a DTO', object('Item', { name: text, count: whole }), [text, whole]],
];

describe('the parts of a schema', () => {
  it.each(kinds)('of %s', (_, schema, parts) => {
    expect(children(schema)).toEqual(parts);
  });

  it('are found by the key of a value', () => {
    const pair: Schema = { kind: 'tuple', items: [text], required: 1, rest: whole };
    expect([childAt(pair, 0), childAt(pair, 5), childAt(form, 'title')]).toEqual([
      text,
      whole,
      text,
    ]);
    expect(childAt(form, 'constructor')).toBeUndefined();
  });
});

describe('a walk', () => {
  it('meets each schema once, also where one holds itself', () => {
    const fields: ObjectSchema['fields'][number][] = [];
    const node: ObjectSchema = { ...object('Node'), fields };
    fields.push(plainField('next', node), plainField('label', text));
    expect([...walk(node)]).toEqual([node, text]);
  });

  it('enters what it is told to enter', () => {
    const isFile = ({ kind }: Schema) => kind === 'file';
    const forms: Schema = { kind: 'list', items: form };
    expect([
      some(forms, isFile),
      some(forms, isFile, childrenInPlace),
      some(forms, isFile, alternatives),
    ]).toEqual([true, false, false]);
  });
});

describe('a changed schema', () => {
  const [cat, dog] = [object('Cat'), object('Dog')];
  const pets: UnionSchema = {
    kind: 'union',
    members: [cat, dog],
    discriminator: {
      field: 'kind',
      tagOf: () => 'cat',
      members: new Map([
        ['cat', cat],
        ['dog', dog],
      ]),
    },
  };

  it('has a discriminator that gives the changed members', () => {
    const renamed = mapChildren(pets, (member) =>
      member === cat ? { ...cat, name: 'Lion' } : member,
    );
    if (renamed.kind !== 'union') throw new Error('no union');
    const names = [...(renamed.discriminator?.members ?? [])].map(([tag, { name }]) => [tag, name]);
    expect(names).toEqual([
      ['cat', 'Lion'],
      ['dog', 'Dog'],
    ]);
  });

  it.each([...kinds, ['a union with a discriminator', pets, [cat, dog]] as const])(
    'is the same where nothing changes in %s',
    (_, schema) => {
      expect(mapChildren(schema, (part) => part)).toBe(schema);
    },
  );
});
