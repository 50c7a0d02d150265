import { JsonSchemaWriter } from './json-schema-writer';
import { plainField } from './plain-field';
import type { Field, ObjectSchema, Schema } from './schema';

const NULL: Schema = { kind: 'null' };
const text: Schema = { kind: 'string' };
const int: Schema = { kind: 'number', integer: true };

function object(
  name: string | undefined,
  fields: Field[],
  more: Partial<ObjectSchema> = {},
): ObjectSchema {
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
const writer = (mode: 'input' | 'output') =>
  new JsonSchemaWriter({ mode, ref: ({ name }) => `#/components/schemas/${name}` });
const input = (schema: Schema) => writer('input').write(schema);
const output = (schema: Schema) => writer('output').write(schema);

const cat = object('Cat', [plainField('kind', { kind: 'literal', values: ['cat'] })]);
const dog = object('Dog', [plainField('kind', { kind: 'literal', values: ['dog'] })]);

describe('the JSON Schema of a type', () => {
  it.each<[Schema, object]>([
    [{ kind: 'any' }, {}],
    [
      { kind: 'string', format: 'ip' },
      { type: 'string', format: 'ipvanyaddress' },
    ],
    [
      { kind: 'string', format: 'url' },
      { type: 'string', minLength: 1, maxLength: 2083, format: 'uri' },
    ],
    [{ kind: 'string', checks: [{ rule: 'pattern', args: [/^a/i] }] }, { type: 'string' }],
    [{ kind: 'bigint' }, { type: 'integer' }],
    [{ kind: 'instant' }, { type: 'string', format: 'date-time' }],
    [
      { kind: 'bytes', encoding: 'base64' },
      { type: 'string', contentEncoding: 'base64', contentMediaType: 'application/octet-stream' },
    ],
    [
      { kind: 'literal', values: ['a'] },
      { type: 'string', const: 'a' },
    ],
    [{ kind: 'literal', values: ['a', 1] }, { enum: ['a', 1] }],
    [
      { kind: 'list', items: int, unique: true },
      { items: { type: 'integer' }, type: 'array', uniqueItems: true },
    ],
    [
      { kind: 'tuple', items: [int, text], required: 2 },
      {
        maxItems: 2,
        minItems: 2,
        prefixItems: [{ type: 'integer' }, { type: 'string' }],
        type: 'array',
      },
    ],
    [
      { kind: 'tuple', items: [int], required: 1, rest: text },
      { items: { type: 'string' }, minItems: 1, prefixItems: [{ type: 'integer' }], type: 'array' },
    ],
    [
      { kind: 'record', keys: int, values: text, as: 'object' },
      { additionalProperties: { type: 'string' }, type: 'object' },
    ],
    [
      {
        kind: 'record',
        keys: { kind: 'string', format: 'uuid' },
        values: { kind: 'any' },
        as: 'map',
      },
      { additionalProperties: true, type: 'object', propertyNames: { format: 'uuid' } },
    ],
    [{ kind: 'union', members: [int, NULL] }, { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
    [
      { kind: 'secret', inner: text },
      { type: 'string', format: 'password', writeOnly: true },
    ],
    [cat, { $ref: '#/components/schemas/Cat' }],
  ])('%j', (schema, expected) => {
    expect(input(schema)).toEqual(expected);
  });

  it('of a decimal is a number or text on the way in, text on the way out', () => {
    const price: Schema = {
      kind: 'string',
      format: 'decimal',
      checks: [
        { rule: 'maxDigits', args: [5] },
        { rule: 'decimalPlaces', args: [2] },
        { rule: 'decimal.gt', args: [0] },
      ],
    };
    expect(input(price)).toEqual({
      anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'string' }],
    });
    expect(output(price)).toEqual({ type: 'string' });
  });

  it('of DTOs that a field tells apart names them by its values', () => {
    const members = new Map<unknown, ObjectSchema>([
      ['cat', cat],
      ['dog', dog],
    ]);
    const pet: Schema = {
      kind: 'union',
      members: [cat, dog],
      discriminator: { field: 'kind', tagOf: () => undefined, members },
    };
    expect(input(pet)).toEqual({
      discriminator: {
        mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
        propertyName: 'kind',
      },
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    });
  });

  it('of a union inside a union has its members beside the others, null last', () => {
    const inner: Schema = { kind: 'union', members: [cat, text] };
    expect(writer('input').write({ kind: 'union', members: [NULL, inner, int] })).toEqual({
      anyOf: [
        { $ref: '#/components/schemas/Cat' },
        { type: 'string' },
        { type: 'integer' },
        { type: 'null' },
      ],
    });
  });

  it('of a field whose type is a component has the title that the program gives, and no other', () => {
    const item = object('Item', [
      plainField('pet', cat, { notes: { title: 'Pet of the house' } }),
      plainField('other', cat),
    ]);
    expect(writer('input').component(item)).toMatchObject({
      properties: {
        pet: { $ref: '#/components/schemas/Cat', title: 'Pet of the house' },
        other: { $ref: '#/components/schemas/Cat' },
      },
    });
    expect(writer('input').component(item)).not.toHaveProperty('properties.other.title');
  });

  it('of a DTO has titles, defaults, and the fields of its direction', () => {
    const item = object(
      'Item',
      [
        plainField('itemId', int, { in: ['item_id'], out: 'id' }),
        plainField(
          'tags',
          { kind: 'list', items: text },
          { presence: 'default', makeDefault: () => [] },
        ),
        plainField(
          'note',
          { kind: 'union', members: [text, NULL] },
          { presence: 'default', makeDefault: () => null },
        ),
        plainField('password', text, { output: false }),
        plainField('total', int, { computed: true, input: false }),
        plainField('pet', { kind: 'union', members: [cat, NULL] }, { presence: 'optional' }),
      ],
      { extra: 'forbid' },
    );
    const tags = { items: { type: 'string' }, type: 'array', title: 'Tags', default: [] };
    const note = { anyOf: [{ type: 'string' }, { type: 'null' }], title: 'Note' };
    const pet = { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: 'null' }] };
    expect(writer('input').component(item)).toEqual({
      properties: {
        item_id: { type: 'integer', title: 'Item Id' },
        tags,
        note,
        password: { type: 'string', title: 'Password' },
        pet,
      },
      additionalProperties: false,
      type: 'object',
      required: ['item_id', 'password'],
      title: 'Item',
    });
    expect(writer('output').component(item)).toMatchObject({
      properties: {
        id: { type: 'integer', title: 'Id' },
        tags,
        note,
        total: { type: 'integer', title: 'Total', readOnly: true },
        pet,
      },
      required: ['id', 'total'],
    });
    expect(writer('output').component(item)).not.toHaveProperty('properties.password');
  });
});
