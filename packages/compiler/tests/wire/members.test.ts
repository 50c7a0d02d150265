import { emitters, Programs } from './programs';

describe.each(emitters)('what a member says, by $emitter', (emitter) => {
  const programs = new Programs(emitter);
  const echo = (declarations: string, type: string) => programs.echo(declarations, type);

  describe('a member with `?`', () => {
    const program = echo('class Item { name!: string; note?: string }', 'Item');

    it('may be left out, but is not null', async () => {
      expect(await program.post({ name: 'pen' })).toEqual({ name: 'pen' });
      expect(await program.refusal({ name: 'pen', note: null })).toEqual(['string_type body.note']);
      expect(await program.refusal({})).toEqual(['missing body.name']);
    });

    it('is documented as its type, and not required', async () => {
      expect(await program.component('Item')).toEqual({
        title: 'Item',
        type: 'object',
        properties: {
          name: { type: 'string', title: 'Name' },
          note: { type: 'string', title: 'Note' },
        },
        required: ['name'],
      });
    });
  });

  describe('an initialiser', () => {
    const program = echo(
      `enum Unit { Piece = 'piece', Kilo = 'kg' }
       class Item { count: int = 1; tags: string[] = ['new']; unit = Unit.Kilo; note: string | null = null; price = -1.5; sizes = new Set([1]) }`,
      'Item',
    );

    it('is the default', async () => {
      expect(await program.post({})).toEqual({
        count: 1,
        tags: ['new'],
        unit: 'kg',
        note: null,
        price: -1.5,
        sizes: [1],
      });
      expect(await program.post({ count: 2, tags: [], unit: 'piece' })).toMatchObject({
        count: 2,
        tags: [],
        unit: 'piece',
      });
    });

    it('gives the type where none is written, and the documented default', async () => {
      expect(await program.component('Item')).toEqual({
        title: 'Item',
        type: 'object',
        properties: {
          count: { type: 'integer', title: 'Count', default: 1 },
          tags: { type: 'array', items: { type: 'string' }, title: 'Tags', default: ['new'] },
          unit: { $ref: '#/components/schemas/Unit', default: 'kg' },
          note: { anyOf: [{ type: 'string' }, { type: 'null' }], title: 'Note' },
          price: { type: 'number', title: 'Price', default: -1.5 },
          sizes: {
            type: 'array',
            uniqueItems: true,
            items: { type: 'number' },
            title: 'Sizes',
            default: [1],
          },
        },
      });
    });
  });

  describe('an initialiser that is a call', () => {
    const program = echo(
      `let last = 0; const next = () => ++last; class Item { id: int = next(); at: Date = new Date() }`,
      'Item',
    );

    it('is made anew for each value, and not documented', async () => {
      const [one, two] = [await program.post({}), await program.post({})] as { id: number }[];
      expect(two!.id).toBeGreaterThan(one!.id);
      expect(await program.component('Item')).toEqual({
        title: 'Item',
        type: 'object',
        properties: {
          id: { type: 'integer', title: 'Id' },
          at: { type: 'string', format: 'date-time', title: 'At' },
        },
      });
    });
  });
});
