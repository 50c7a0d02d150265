import { emitters, Programs } from './programs';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe.each(emitters)('an alias that is made of itself, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

  describe('as JSON', () => {
    const program = echo(
      `type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
       class Item { data!: Json; more?: Json; either!: Json | Date | null }`,
      'Item',
    );

    it('is read and written to any depth', async () => {
      const item = { data: { a: [1, null, { b: 'x', c: [[true]] }] }, either: null };
      expect(await program.post(item)).toEqual(item);
      expect(await program.post({ data: 5, more: [], either: ['a'] })).toEqual({
        data: 5,
        more: [],
        either: ['a'],
      });
      expect(await program.refusal({ either: 1 })).toEqual(['missing body.data']);
    });

    it('is a component under its name', async () => {
      expect(await program.component('Json')).toEqual({
        anyOf: [
          { type: 'string' },
          { type: 'number' },
          { type: 'boolean' },
          { type: 'array', items: ref('Json') },
          { type: 'object', additionalProperties: ref('Json') },
          { type: 'null' },
        ],
      });
      expect(await program.component('Item')).toMatchObject({
        properties: { data: ref('Json'), more: ref('Json') },
        required: ['data', 'either'],
      });
    });
  });

  describe('as the body itself', () => {
    const program = echo(`type Tree = { [name: string]: Tree | int };`, 'Tree');

    it('says where a value does not fit', async () => {
      expect(await program.post({ a: { b: '1' } })).toEqual({ a: { b: 1 } });
      expect(await program.refusal({ a: { b: 'x' } })).toContain('int_parsing body.a.Tree.b.int');
      expect(await program.body()).toEqual(ref('Tree'));
    });
  });

  describe('as an unmarked parameter and as an answer', () => {
    const program = programs.program(
      `type Json = string | number | Json[] | { [name: string]: Json }; type Nested<T> = T | Nested<T>[];
       @Controller() class Echo {
         @Post('/') json(value: Json): Json { return value; }
         @Post('/nested') nested(value: Nested<int>): Nested<int> { return value; }
       }
       export const app = new Vivace({ controllers: [Echo] });`,
    );

    it('is a body', async () => {
      expect(await program.post({ a: ['x'] })).toEqual({ a: ['x'] });
      expect(await program.refusal(null)).not.toEqual([]);
      const { paths } = await program.document();
      expect(paths['/nested']!['post']!.requestBody!.content['application/json']!.schema).toEqual(
        ref('Nested_int_'),
      );
      expect(paths['/']!['post']!.responses['200']!.content!['application/json']!.schema).toEqual(
        ref('Json'),
      );
    });
  });

  describe('with tuples, DTOs and secrets inside', () => {
    const program = echo(
      `class Leaf { @MinLength(2) name!: string; key?: Secret; below?: Expression } type Expression = Leaf | ['and' | 'or', Expression, Expression];
       class Search { where!: Expression }`,
      'Search',
    );

    it('keeps constraints, filters and masks at any depth', async () => {
      const leaf = (name: string) => ({ name });
      const where = [
        'and',
        leaf('aa'),
        ['or', { ...leaf('bb'), more: 1, key: 'k' }, { ...leaf('cc'), below: leaf('dd') }],
      ];
      expect(await program.post({ where })).toEqual({
        where: [
          'and',
          leaf('aa'),
          ['or', { name: 'bb', key: '**********' }, { name: 'cc', below: leaf('dd') }],
        ],
      });
      expect(
        await program.refusal({ where: ['and', leaf('aa'), ['or', leaf('b'), leaf('cc')]] }),
      ).toEqual(
        expect.arrayContaining([expect.stringMatching(/^string_too_short body\.where.*\.name$/)]),
      );
    });
  });

  describe('with parameters', () => {
    const program = echo(
      `type Nested<T> = T | Nested<T>[]; class Item { ids!: Nested<int>; at?: Nested<Date> }`,
      'Item',
    );

    it('is one of each argument', async () => {
      expect(await program.post({ ids: ['1', [2, [3]]] })).toEqual({ ids: [1, [2, [3]]] });
      expect((await program.refusal({ ids: [['x']], at: ['x'] })).length).toBeGreaterThan(1);
      expect(await program.component('Nested_int_')).toEqual({
        anyOf: [{ type: 'integer' }, { type: 'array', items: ref('Nested_int_') }],
      });
    });
  });

  describe('that grows', () => {
    const program = echo(
      `type Grow<T> = T | Grow<T[]>[]; class Item { value!: Grow<int> }`,
      'Item',
    );

    it('is refused at boot', async () => {
      expect(await program.error()).toMatch(/RECURSIVE_ALIAS.*Grow grows/);
    });
  });
});
