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
         greet?: () => void;
       }`,
      'User',
    );

    it('is read with what it extends, and with itself inside', async () => {
      expect(
        await program.post({ id: 1, name: 'Ann', boss: { id: 2, name: 'Bob', more: 1 } }),
      ).toEqual({
        id: 1,
        name: 'Ann',
        boss: { id: 2, name: 'Bob' },
      });
      expect(await program.refusal({ id: 1, name: 'Ann', boss: { id: 'x' } })).toEqual([
        'int_parsing body.boss.id',
        'missing body.boss.name',
      ]);
    });

    it('is a component with its JSDoc, without functions', async () => {
      expect(await program.component('User')).toEqual({
        ...object(
          'User',
          {
            id,
            boss: { anyOf: [ref('User'), { type: 'null' }], description: 'The one above.' },
            name,
          },
          ['id', 'name'],
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

  describe('a generic class', () => {
    const program = echo(
      `class User { name!: string }
       class Page<T> { items!: T[]; next?: Page<T> | null; total: int = 0 }
       class Both { users!: Page<User>; numbers!: Page<int> }`,
      'Both',
    );

    it('is read with its argument', async () => {
      const both = {
        users: { items: [{ name: 'Ann' }], next: { items: [] } },
        numbers: { items: [1], total: 1 },
      };
      expect(await program.post(both)).toEqual({
        users: { items: [{ name: 'Ann' }], next: { items: [], total: 0 }, total: 0 },
        numbers: { items: [1], total: 1 },
      });
      expect(await program.refusal({ ...both, users: { items: [1] } })).toEqual([
        'model_attributes_type body.users.items.0',
      ]);
    });

    it('is named as FastAPI names it', async () => {
      expect(await program.component('Page_User_')).toMatchObject({
        title: 'Page[User]',
        properties: {
          items: { type: 'array', items: ref('User') },
          next: { anyOf: [ref('Page_User_'), { type: 'null' }] },
        },
      });
      expect(await program.component('Page_int_')).toMatchObject({
        title: 'Page[int]',
        properties: { items: { items: { type: 'integer' } } },
      });
    });
  });

  describe('a generic interface and a generic alias', () => {
    const program = echo(
      `interface Box<T> { value: T } type Pair<A, B = A> = { left: A; right: B }; type Nullable<T> = T | null;
       class Item { box!: Box<int>; pair!: Pair<string, Date>; twin!: Pair<int>; note!: Nullable<string> }`,
      'Item',
    );

    it('are read with their arguments', async () => {
      const item = {
        box: { value: 1 },
        pair: { left: 'a', right: '2026-01-02T03:04:05Z' },
        twin: { left: 1, right: 2 },
        note: null,
      };
      expect(await program.post(item)).toEqual(item);
      expect(
        await program.refusal({
          box: { value: 'x' },
          pair: { left: 1, right: 'x' },
          twin: { left: 1, right: 'x' },
          note: 1,
        }),
      ).toEqual([
        'int_parsing body.box.value',
        'string_type body.pair.left',
        'datetime_from_date_parsing body.pair.right',
        'int_parsing body.twin.right',
        'string_type body.note',
      ]);
      expect(await program.component('Box_int_')).toMatchObject({ title: 'Box[int]' });
    });
  });

  describe('a mapped type', () => {
    const program = echo(
      `class User { id!: int; @MinLength(2) name!: string; password = 'secret'; nick?: string | null; tags: string[] = ['new'] }
       type UserIn = Omit<User, 'id'>; type UserOut = Pick<User, 'id' | 'name' | 'tags'>; type Change = Partial<UserIn>;
       type Full = Required<Pick<User, 'nick'>>; type Fixed = Readonly<Pick<User, 'id'>>; type Sure = { nick: NonNullable<User['nick']> };
       type Flags<T> = { [K in keyof T]: boolean }; type Only<T, U> = { [K in keyof T as T[K] extends U ? K : never]: T[K] };
       class All { user?: UserIn; out?: UserOut; change?: Change; full?: Full; fixed?: Fixed; sure?: Sure; flags?: Flags<UserOut>; only?: Only<UserOut, number> }`,
      'All',
    );

    it('keeps the decorators and initialisers of the class', async () => {
      expect(await program.refusal({ user: { name: 'A' }, out: { id: 1, name: 'B' } })).toEqual([
        'string_too_short body.user.name',
        'string_too_short body.out.name',
      ]);
      expect(await program.post({ user: { name: 'Ann' }, out: { id: 1, name: 'Bob' } })).toEqual({
        user: { name: 'Ann', password: 'secret', tags: ['new'] },
        out: { id: 1, name: 'Bob', tags: ['new'] },
      });
    });

    it('has no defaults where Partial makes members optional', async () => {
      expect(await program.post({ change: {} })).toEqual({ change: {} });
      expect(await program.refusal({ change: { name: 'A' } })).toEqual([
        'string_too_short body.change.name',
      ]);
    });

    it('is whatever the checker makes of it', async () => {
      const all = {
        full: { nick: null },
        fixed: { id: 1 },
        sure: { nick: 'a' },
        flags: { id: true, name: false, tags: true },
        only: { id: 1 },
      };
      expect(await program.post(all)).toEqual(all);
      expect(
        await program.refusal({
          full: {},
          sure: { nick: null },
          flags: { id: 'no way' },
          only: {},
        }),
      ).toEqual([
        'missing body.full.nick',
        'string_type body.sure.nick',
        'bool_parsing body.flags.id',
        'missing body.flags.name',
        'missing body.flags.tags',
        'missing body.only.id',
      ]);
    });

    it('is documented under its own name', async () => {
      expect(await program.component('UserOut')).toEqual(
        object(
          'UserOut',
          {
            id,
            name: { ...name, minLength: 2 },
            tags: { type: 'array', items: { type: 'string' }, title: 'Tags', default: ['new'] },
          },
          ['id', 'name'],
        ),
      );
    });
  });

  describe('a generic class with members that are made from its parameter', () => {
    const program = echo(
      `class Base<T> { @MinLength(2) name = 'none'; only!: Pick<T, keyof T & 'id'> }
       class Change<T> extends Base<T> { before!: T; after!: Partial<T>; by: { [K in keyof T]?: 'a' | 'b' } = {} }
       class User { id!: int; email?: email }
       class Log { change!: Change<User>; numbers!: Change<{ id: string }> }`,
      'Log',
    );

    it('is read with its argument, its base class too', async () => {
      const change = {
        only: { id: 1 },
        before: { id: 1 },
        after: { email: 'a@example.com' },
        by: { id: 'a' },
      };
      const numbers = { name: 'b2', only: { id: 'x' }, before: { id: 'x' }, after: {} };
      expect(await program.post({ change, numbers })).toEqual({
        change: { name: 'none', ...change },
        numbers: { by: {}, ...numbers },
      });
      expect(
        await program.refusal({
          change: { name: 'a', only: {}, before: {}, after: { email: 1 }, by: { id: 'c' } },
          numbers,
        }),
      ).toEqual([
        'string_too_short body.change.name',
        'missing body.change.only.id',
        'missing body.change.before.id',
        'string_type body.change.after.email',
        'literal_error body.change.by.id',
      ]);
    });

    it('is documented under its name with the argument', async () => {
      expect(
        Object.keys(
          ((await program.component('Change_User_')) as { properties: object }).properties,
        ),
      ).toEqual(['name', 'only', 'before', 'after', 'by']);
    });
  });

  describe('a generic controller', () => {
    const program = programs.program(
      `class Page<T> { items!: T[] }
       abstract class Crud<T> {
         @Post('/') create(value: Partial<T>): Partial<T> { return value; }
         @Put('/:id') replace(id: int, value: T): Page<T> { return { items: [value] }; }
         @Post('/pick') pick(@Body() value: Omit<T, 'id'>, @Query() also?: (keyof T)[]): Promise<Pick<T, keyof T>> { return { ...value, also } as never; }
       }
       class User { id!: int; @MinLength(2) name?: string }
       @Controller() class Users extends Crud<User> {} export const app = new Vivace({ controllers: [Users] });`,
    );

    it('has types that are made from its parameter', async () => {
      expect(await program.post({ name: 'Ann', more: 1 })).toEqual({ name: 'Ann' });
      expect(await program.refusal({ name: 'A' })).toEqual(['string_too_short body.name']);
      const init = (method: string, value: unknown) => ({
        method,
        body: JSON.stringify(value),
        headers: { 'content-type': 'application/json' },
      });
      expect(await program.fetch('/1', init('PUT', { id: '2' }))).toEqual({
        status: 200,
        json: { items: [{ id: 2 }] },
      });
      expect(await program.fetch('/pick?also=x', init('POST', { name: 'Ann' }))).toMatchObject({
        status: 422,
        json: { detail: [{ type: 'literal_error', loc: ['query', 'also', 0] }] },
      });
    });
  });

  describe('a generic controller below another', () => {
    const program = programs.program(
      `abstract class Base<T> { @Post('/') create(@Body() value: Partial<T>): Partial<T> { return value; } } abstract class Crud<T> extends Base<T> {}
       class User { id!: int } @Controller() class Users extends Crud<User> {} export const app = new Vivace({ controllers: [Users] });`,
    );

    it('has types that are made from its argument', async () => {
      expect(await program.post({ id: '3', more: 1 })).toEqual({ id: 3 });
      expect(await program.refusal({ id: 'x' })).toEqual(['int_parsing body.id']);
    });
  });

  describe('a type that is made from a parameter that nothing says', () => {
    const program = programs.program(
      `abstract class Base<T> { @Post('/') create(@Body() value: Partial<T>) { return value; } } @Controller() class Users<T> extends Base<T> {}
       export const app = new Vivace({ controllers: [Users] });`,
    );

    it('is refused at boot', async () => {
      expect(await program.error()).toMatch(/UNSUPPORTED_TYPE.*Partial<T>/);
    });
  });

  describe('a conditional type', () => {
    const program = echo(
      `type Wire<T> = T extends Date ? string : T extends (infer U)[] ? Set<U> : T; interface Item { at: Wire<Date>; ids: Wire<int[]>; name: Wire<string> }`,
      'Item',
    );

    it('is the branch that holds', async () => {
      expect(await program.post({ at: 'any text', ids: [1, 1], name: 'a' })).toEqual({
        at: 'any text',
        ids: [1],
        name: 'a',
      });
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
