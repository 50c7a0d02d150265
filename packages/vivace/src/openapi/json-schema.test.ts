import { Field, int, oneOf } from 'vivace';
import { jsonSchema } from 'vivace/openapi';

class Owner {
  name!: string;
}
class Item {
  name!: string;
  owner: Owner | null = null;
  @Field({ alias: { in: 'sent', out: 'shown' } }) price!: number;
}
class Person {
  friends: Person[] = [];
}

describe('jsonSchema', () => {
  it('is that of the type itself, with the types that it is made of beside it', () => {
    expect(jsonSchema(Item)).toEqual({
      type: 'object',
      title: 'Item',
      properties: {
        name: { type: 'string', title: 'Name' },
        owner: { anyOf: [{ $ref: '#/$defs/Owner' }, { type: 'null' }] },
        sent: { type: 'number', title: 'Sent' },
      },
      required: ['name', 'sent'],
      $defs: {
        Owner: {
          type: 'object',
          title: 'Owner',
          properties: { name: { type: 'string', title: 'Name' } },
          required: ['name'],
        },
      },
    });
  });

  it('refers to a type that refers to itself', () => {
    expect(jsonSchema(Person)).toMatchObject({
      $ref: '#/$defs/Person',
      $defs: { Person: { properties: { friends: { items: { $ref: '#/$defs/Person' } } } } },
    });
  });

  it('describes what is written where it is asked to', () => {
    expect(Object.keys(jsonSchema(Item, { mode: 'output' }).properties as object)).toEqual([
      'name',
      'owner',
      'shown',
    ]);
  });

  it('describes lists and scalars', () => {
    expect(jsonSchema([Owner])).toMatchObject({
      type: 'array',
      items: { $ref: '#/$defs/Owner' },
      $defs: { Owner: { type: 'object' } },
    });
    expect(jsonSchema(int)).toEqual({ type: 'integer' });
    expect(jsonSchema(oneOf('a', 'b'))).toEqual({ type: 'string', enum: ['a', 'b'] });
  });
});
