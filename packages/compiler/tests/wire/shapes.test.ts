import { emitters, Programs } from './programs';

describe.each(emitters)('classes of unusual shapes, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

  describe('a generic alias of several mapped types', () => {
    const program = echo(
      `class User { id!: int; @MinLength(2) name!: string } type Patch<T> = Partial<Omit<T, 'id'>>; type Flags<T> = Record<keyof T, boolean>;
       class Item { patch!: Patch<User>; flags!: Flags<User> }`,
      'Item',
    );

    it('keeps every field that its argument has', async () => {
      const item = { patch: { name: 'Ann' }, flags: { id: true, name: false } };
      expect(await program.post(item)).toEqual(item);
      expect(await program.refusal({ patch: { name: 'A' }, flags: {} })).toEqual([
        'string_too_short body.patch.name',
        'missing body.flags.id',
        'missing body.flags.name',
      ]);
    });
  });

  describe('a recursive mapped type', () => {
    const program = echo(
      `type Deep<T> = T extends object ? { [K in keyof T]?: Deep<T[K]> } : T;
       class Size { width!: int; unit!: uuid } class Item { name!: string; size!: Size } class Change { item!: Deep<Item> }`,
      'Change',
    );

    it('leaves numbers and texts with a format what they are', async () => {
      expect(await program.post({ item: { size: { width: 1 } } })).toEqual({
        item: { size: { width: 1 } },
      });
      expect(await program.refusal({ item: { size: { width: 1.5, unit: 'x' } } })).toEqual([
        'int_from_float body.item.size.width',
        'uuid_parsing body.item.size.unit',
      ]);
    });
  });

  describe('a class that extends what a function returns', () => {
    const program = echo(
      `function WithId<T extends new (...args: any[]) => object>(Base: T) { return class extends Base { id!: int } }
       class Named { @MinLength(2) name!: string } class Item extends WithId(Named) { price = 1 }`,
      'Item',
    );

    it('has the fields of both', async () => {
      expect(await program.post({ id: '1', name: 'pen' })).toEqual({
        id: 1,
        name: 'pen',
        price: 1,
      });
      expect(await program.refusal({ name: 'p' })).toEqual([
        'string_too_short body.name',
        'missing body.id',
      ]);
    });
  });

  describe('an index signature beside fields', () => {
    const open = echo(`class Item { id!: int; [name: string]: unknown }`, 'Item');
    const typed = echo(`interface Item { id: int; [name: string]: int }`, 'Item');

    it('lets other fields through', async () => {
      expect(await open.post({ id: '1', more: { a: 1 } })).toEqual({ id: 1, more: { a: 1 } });
      expect(await open.component('Item')).toMatchObject({ additionalProperties: true });
    });

    it('is refused at boot where it says of what type they are', async () => {
      expect(await typed.error()).toMatch(/UNSUPPORTED_TYPE.*index signature[^]*Record<string/);
    });
  });

  describe('parameters of a constructor that are properties', () => {
    const program = echo(
      `class Item { constructor(public name: string, private secret = 's', readonly age: int = 3) {} }`,
      'Item',
    );

    it('are fields, with their defaults', async () => {
      expect(await program.post({ name: 'pen', secret: 'x' })).toEqual({ name: 'pen', age: 3 });
    });
  });

  describe('names in quotes and brackets', () => {
    const program = echo(`class Item { 'x-y'!: string; ['a b']!: int; 1!: int }`, 'Item');

    it('are names of fields', async () => {
      const item = { 'x-y': 'a', 'a b': 1, 1: 2 };
      expect(await program.post(item)).toEqual(item);
      expect(await program.refusal({})).toHaveLength(3);
    });
  });

  describe('what has no JSON Schema', () => {
    const tuple = echo('class Item { value!: [int, ...string[], boolean] }', 'Item');
    const calculated = echo(
      `enum Size { Small = 1, Large = 'large'.length } class Item { size!: Size }`,
      'Item',
    );

    it('is refused at boot', async () => {
      expect(await tuple.error()).toMatch(
        /UNSUPPORTED_TYPE\] Item\.value.*elements behind its `\.\.\.`[^]*last/,
      );
      expect(await calculated.error()).toMatch(
        /UNSUPPORTED_TYPE\] Item\.size.*Size\.Large, which is calculated/,
      );
    });
  });
});
