import { emitters, Programs } from './programs';

describe.each(emitters)('generic controllers, by $emitter', (emitter) => {
  const programs = new Programs(emitter);

  describe('a generic controller with types that are made from its parameter', () => {
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
  describe('a generic controller', () => {
    const program = programs.program(
      `class User { name!: string } class Team { title!: string }
       abstract class Crud<T> { @Post('/') create(@Body() value: T): T { return value; } @Post('/all') all(@Body() values: T[]): Promise<T[]> { return Promise.resolve(values); } }
       @Controller('/users') class Users extends Crud<User> {} @Controller('/teams') class Teams extends Crud<Team> {}
       export const app = new Vivace({ controllers: [Users, Teams] });`,
    );
    const send = (path: string, value: unknown) =>
      program.fetch(path, {
        method: 'POST',
        body: JSON.stringify(value),
        headers: { 'content-type': 'application/json' },
      });

    it('reads and writes what its heirs say', async () => {
      expect(await send('/users/', { name: 'Ann', more: 1 })).toEqual({
        status: 200,
        json: { name: 'Ann' },
      });
      expect(await send('/teams/all', [{ title: 'Red' }])).toEqual({
        status: 200,
        json: [{ title: 'Red' }],
      });
      expect(await send('/teams/', { name: 'Ann' })).toMatchObject({ status: 422 });
    });
  });
});
