import { emitters, Programs } from './programs';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (title: string, properties: Record<string, unknown>, required: string[]) => ({
  title,
  type: 'object',
  properties,
  required,
});
const name = { type: 'string', title: 'Name' };
const id = { type: 'integer', title: 'Id' };

describe.each(emitters)('types with names, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

  describe('an enum', () => {
    const program = echo(
      `
       /** What it is sold by. */
       enum Unit { Piece = 'piece', Kilo = 'kg' }
       enum Level { Low, High = 10, Higher }
       class Item { unit!: Unit; level!: Level; last?: Unit | null; only?: Unit.Kilo }`,
      'Item',
    );

    it('is read and written by its values', async () => {
      expect(await program.post({ unit: 'kg', level: 11, last: null })).toEqual({
        unit: 'kg',
        level: 11,
        last: null,
      });
      expect(await program.refusal({ unit: 'Kilo', level: 'Low', last: 1, only: 'piece' })).toEqual(
        ['enum body.unit', 'enum body.level', 'enum body.last', 'literal_error body.only'],
      );
    });

    it('is a component', async () => {
      expect(await program.component('Unit')).toEqual({
        title: 'Unit',
        type: 'string',
        enum: ['piece', 'kg'],
        description: 'What it is sold by.',
      });
      expect(await program.component('Level')).toEqual({
        title: 'Level',
        type: 'integer',
        enum: [0, 10, 11],
      });
    });
  });

  describe('an interface', () => {
    const program = echo(
      `interface Named { name: string }
       /** Somebody. */
       interface User extends Named {
         id: int;
         /** The one above. */
         boss?: User | null;
         greet?(): void;
       }`,
      'User',
    );

    it('is read with what it extends before its own members, and with itself inside', async () => {
      expect(
        await program.post({ id: 1, name: 'Ann', boss: { id: 2, name: 'Bob', more: 1 } }),
      ).toEqual({
        id: 1,
        name: 'Ann',
        boss: { id: 2, name: 'Bob' },
      });
      expect(await program.refusal({ id: 1, name: 'Ann', boss: { id: 'x' } })).toEqual([
        'missing body.boss.name',
        'int_parsing body.boss.id',
      ]);
    });

    it('is a component with its JSDoc, without methods', async () => {
      expect(await program.component('User')).toEqual({
        ...object(
          'User',
          {
            name,
            id,
            boss: { anyOf: [ref('User'), { type: 'null' }], description: 'The one above.' },
          },
          ['name', 'id'],
        ),
        description: 'Somebody.',
      });
    });
  });

  describe('an alias', () => {
    const program = echo(
      `type Name = string; type Kind = 'a' | 'b'; type Ids = int[]; type Address = { street: string }; type Both = Address & { city: Name };
       class Item { name!: Name; kind!: Kind; ids!: Ids; address!: Address; both!: Both }`,
      'Item',
    );

    it('is what it stands for; one of an object is a component', async () => {
      const item = {
        name: 'pen',
        kind: 'a',
        ids: [1],
        address: { street: 'High' },
        both: { street: 'Low', city: 'Ulm' },
      };
      expect(await program.post(item)).toEqual(item);
      const { properties } = (await program.component('Item')) as { properties: unknown };
      expect(properties).toEqual({
        name,
        kind: { type: 'string', enum: ['a', 'b'], title: 'Kind' },
        ids: { type: 'array', items: { type: 'integer' }, title: 'Ids' },
        address: ref('Address'),
        both: ref('Both'),
      });
      expect(await program.component('Both')).toEqual(
        object(
          'Both',
          { street: { type: 'string', title: 'Street' }, city: { type: 'string', title: 'City' } },
          ['street', 'city'],
        ),
      );
    });
  });

  describe('a discriminated union', () => {
    const program = echo(
      `class Cat { kind!: 'cat'; lives!: int } class Dog { kind!: 'dog'; name!: string } type Pet = Cat | Dog;
       class Owner { pet!: Pet; pets: Pet[] = [] }`,
      'Owner',
    );

    it('is told apart by its literal', async () => {
      const owner = { pet: { kind: 'dog', name: 'Rex' }, pets: [{ kind: 'cat', lives: 9 }] };
      expect(await program.post(owner)).toEqual(owner);
      expect(
        await program.refusal({ pet: { kind: 'dog', lives: 9 }, pets: [{ kind: 'cow' }] }),
      ).toEqual(['missing body.pet.dog.name', 'union_tag_invalid body.pets.0']);
    });
  });

  describe('an inherited member', () => {
    const program = echo(
      `class Base<T> { id!: T; @MinLength(2) name!: string } class Middle extends Base<int> { note?: string } class Item extends Middle { price!: number; override name = 'none' }`,
      'Item',
    );

    it('is read and documented before those of the class itself', async () => {
      expect(await program.post({ id: '3', price: 1, note: 'x' })).toEqual({
        id: 3,
        name: 'none',
        note: 'x',
        price: 1,
      });
      expect(await program.refusal({ id: 'x', price: 1, name: 'a' })).toEqual([
        'int_parsing body.id',
        'string_too_short body.name',
      ]);
      expect(
        Object.keys(((await program.component('Item')) as { properties: object }).properties),
      ).toEqual(['id', 'name', 'note', 'price']);
    });
  });

  describe('an accessor', () => {
    const program = echo(
      `class Box { width!: number; height!: number; @Expose() get area(): number { return this.width * this.height } get hidden() { return 1 } }`,
      'Box',
    );

    it('is written where it is exposed, and never read', async () => {
      expect(await program.post({ width: 2, height: 3, area: 100 })).toEqual({
        width: 2,
        height: 3,
        area: 6,
      });
    });
  });

  describe('private, protected and static members, and methods', () => {
    const program = echo(
      `class Account { name!: string; private password = 'p'; protected salt = 's'; #key = 'k'; static limit = 3; greet() { return this.password + this.#key } }`,
      'Account',
    );

    it('are no data', async () => {
      expect(await program.post({ name: 'Ann', password: 'x', salt: 'y', greet: 'z' })).toEqual({
        name: 'Ann',
      });
      expect(await program.component('Account')).toEqual(object('Account', { name }, ['name']));
    });
  });

  describe('a class that mentions itself, and classes that mention each other', () => {
    const program = echo(
      'class Node { name!: string; children: Node[] = []; leaf?: Leaf } class Leaf { parent?: Node }',
      'Node',
    );

    it('are read at any depth', async () => {
      const tree = {
        name: 'a',
        children: [{ name: 'b', children: [], leaf: { parent: { name: 'c', children: [] } } }],
      };
      expect(await program.post(tree)).toEqual(tree);
      expect(await program.refusal({ name: 'a', children: [{ children: [1] }] })).toEqual([
        'missing body.children.0.name',
        'model_attributes_type body.children.0.children.0',
      ]);
    });
  });

  describe('a class without a name of its own', () => {
    const program = echo(
      'const Item = class { name!: string }; type Item = InstanceType<typeof Item>;',
      'Item',
    );

    it('is known by its variable', async () => {
      expect(await program.post({ name: 'a', more: 1 })).toEqual({ name: 'a' });
    });
  });
});
