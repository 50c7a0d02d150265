import { emitters, Programs } from './programs';

describe.each(emitters)('a type that is made from others, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

  describe('an intersection of a mapped type with more', () => {
    const program = echo(
      `class Base { id!: int; @MinLength(2) name!: string }
       type Both<T> = { [K in keyof T]: T[K] } & { extra?: string };
       class Held<T> { of!: Both<T> }`,
      'Both<Base> | Held<Base>',
    );

    it('has all fields and their rules, also inside a generic class', async () => {
      expect(await program.post({ id: '1', name: 'Ann', extra: 'x', more: 1 })).toEqual({
        id: 1,
        name: 'Ann',
        extra: 'x',
      });
      expect(await program.post({ of: { id: 1, name: 'Ann' } })).toEqual({
        of: { id: 1, name: 'Ann' },
      });
      const refused = await program.refusal({ of: { id: 'not a number', name: 'A' } });
      expect(refused.filter((issue) => issue.includes('.of.'))).toEqual([
        expect.stringMatching(/^int_parsing .*\.of\.id$/),
        expect.stringMatching(/^string_too_short .*\.of\.name$/),
      ]);
    });
  });

  describe('a brand or a mark', () => {
    const program = echo(
      `declare const optional: unique symbol; type Opt<T> = T & { readonly [optional]?: 1 };
       class Row { at!: Date & { readonly __brand: 'x' }; made!: Opt<Date>; tags!: string[] & { readonly brand: 'tags' }; seen?: Opt<Set<int>> }`,
      'Row',
    );

    it('leaves a class of the platform or a list what it is', async () => {
      const row = {
        at: '2026-01-02T03:04:05Z',
        made: '2026-01-02T03:04:05Z',
        tags: ['a'],
        seen: [1],
      };
      expect(await program.post(row)).toEqual(row);
      expect(await program.refusal({ ...row, at: 'x', tags: 1 })).toEqual([
        'datetime_from_date_parsing body.at',
        'list_type body.tags',
      ]);
      expect(await program.component('Row')).toMatchObject({
        properties: {
          at: { type: 'string', format: 'date-time' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      });
    });
  });

  describe('a function', () => {
    const program = echo(
      `import { Exclude } from 'class-transformer';
       class Item { id!: int; greet() { return 1; } private done = () => 1; @Exclude() more = () => 2; }
       class Service { run = () => 1; }`,
      'Item',
    );

    it('is no data where it is a method, private or excluded', async () => {
      expect(await program.post({ id: 1, more: 2 })).toEqual({ id: 1 });
    });
  });

  describe.each([
    ['class Item { greet = () => 1; id!: int }', /Item\.greet.*a function/],
    ['class Item { greet?: () => void; id!: int }', /Item\.greet.*a function/],
    ['interface Item { id: int; greet: (() => void) | null }', /Item\.greet.*a function/],
    ['class Item extends Map<string, int> { id!: int }', /Item .*extends Map/],
    ['const made: any = class {}; class Item extends made { id!: int }', /Item .*extends any/],
    ['class Item { value!: Date & { extra: string } }', /Item\.value.*Date & \{ extra: string; \}/],
    ['class Item { value!: Uppercase<string> }', /Item\.value.*Uppercase<string>/],
    [
      'class Item { value!: { a: string; [key: `x-${string}`]: string } }',
      /Item\.value.*\[key: `x-\$\{string\}`\]/,
    ],
    ['class Item { value!: (() => void) & { a: string } }', /Item\.value.*a function/],
  ])('%s', (declarations, message) => {
    const program = echo(declarations, 'Item');

    it('is refused at boot, not read as less', async () => {
      const error = await program.error();
      expect(error).toContain('UNSUPPORTED_TYPE');
      expect(error).toMatch(message);
    });
  });

  describe('a class that extends what a function makes of an interface', () => {
    const program = echo(
      `interface Stamped { at: Date } interface Owned { owner: Name } type Name = { first: string };
       function stamped<T extends new (...args: any[]) => object>(type: T) { return type as unknown as new () => InstanceType<T> & Stamped & Owned; }
       function owned(): new () => Owned { return class {} as never; }
       class Plain { id!: int }
       class Item extends stamped(Plain) { name!: string }
       class Mine extends owned() { label!: string }
       class Box { item!: Item; mine!: Mine }`,
      'Box',
    );

    it('has its fields', async () => {
      const box = {
        item: { id: 1, at: '2026-01-02T03:04:05Z', owner: { first: 'A' }, name: 'x' },
        mine: { owner: { first: 'B' }, label: 'y' },
      };
      expect(await program.post(box)).toEqual(box);
      expect(await program.refusal({ item: {}, mine: {} })).toEqual(
        expect.arrayContaining([
          'missing body.item.id',
          'missing body.item.at',
          'missing body.item.owner',
          'missing body.mine.owner',
        ]),
      );
    });
  });
});
