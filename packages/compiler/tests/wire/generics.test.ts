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

describe.each(emitters)('generic and made types, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

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
});
