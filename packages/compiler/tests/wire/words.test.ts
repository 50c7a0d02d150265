import { emitters, Programs } from './programs';

describe.each(emitters)('JSDoc, by $emitter', (emitter) => {
  const programs = new Programs(emitter);

  const item = programs.echo(
    `
    /**
     * Something to buy.
     * It has a price.
     *
     * @deprecated
     */
    class Item {
      /**
       * What it is called.
       * @minLength 2
       * @maxLength 10
       * @pattern ^[a-z]+$
       * @title The name
       * @example pen
       * @example {"a": 1}
       */
      name!: string;
      /** @minimum 0 @exclusiveMaximum 100 @multipleOf 0.5 */
      price: number = 1;
      /** @format email */
      seller?: string | null;
      /** @format uuid */
      key?: string;
      /**
       * @minItems 1
       * @maxItems 2
       * @deprecated since then
       */
      tags?: string[];
    }`,
    'Item',
  );

  it('of a class and of its members is in the document', async () => {
    expect(await item.component('Item')).toEqual({
      title: 'Item',
      type: 'object',
      description: 'Something to buy.\nIt has a price.',
      deprecated: true,
      properties: {
        name: {
          type: 'string',
          minLength: 2,
          maxLength: 10,
          pattern: '^[a-z]+$',
          title: 'The name',
          description: 'What it is called.',
          examples: ['pen'],
        },
        price: {
          type: 'number',
          minimum: 0,
          exclusiveMaximum: 100,
          multipleOf: 0.5,
          title: 'Price',
          default: 1,
        },
        seller: { anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }], title: 'Seller' },
        key: { type: 'string', format: 'uuid', title: 'Key' },
        tags: {
          type: 'array',
          items: { type: 'string' },
          minItems: 1,
          maxItems: 2,
          title: 'Tags',
          deprecated: true,
        },
      },
      required: ['name'],
    });
  });

  it('has tags that are checked', async () => {
    expect(await item.post({ name: 'pen', price: 1.5, seller: null, tags: ['a'] })).toMatchObject({
      name: 'pen',
      price: 1.5,
    });
    expect(
      await item.refusal({ name: 'P', price: 1.2, seller: 'ann', key: 'x', tags: [] }),
    ).toEqual([
      'string_too_short body.name',
      'multiple_of body.price',
      'value_error body.seller',
      'uuid_parsing body.key',
      'too_short body.tags',
    ]);
    expect(await item.refusal({ name: 'Pen', price: -1 })).toEqual([
      'string_pattern_mismatch body.name',
      'greater_than_equal body.price',
    ]);
  });

  const operations = programs.program(
    `
    interface Filter {
      /** Part of the name. */
      q?: string;
    }
    @Controller('/items')
    class Items {
      /**
       * Finds items.
       *
       * All of them, if nothing is said.
       * @param limit - at most so many
       * @deprecated
       */
      @Get('/')
      find(@Query() limit: int = 10, 
        /** Where to begin. */
        @Query() skip: int = 0): int { return limit + skip; }
    }
    export const app = new Vivace({ controllers: [Items] });`,
  );

  it('of a method is the description of its operation, and that of its parameters', async () => {
    const operation = (await operations.document()).paths['/items/']!['get'];
    expect(operation).toMatchObject({
      summary: 'Find',
      description: 'Finds items.\n\nAll of them, if nothing is said.',
      deprecated: true,
    });
    expect(operation!.parameters).toEqual([
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer', title: 'Limit', default: 10, description: 'at most so many' },
        description: 'at most so many',
      },
      {
        name: 'skip',
        in: 'query',
        required: false,
        schema: { type: 'integer', title: 'Skip', default: 0, description: 'Where to begin.' },
        description: 'Where to begin.',
      },
    ]);
  });

  const traps = programs.echo(
    `class Item { /** On the line of the brace. */ name!: string; /** On the line of another member. */ note?: string;
      // Not JSDoc.
      tag?: string;
      /* Not JSDoc either. */
      mark?: string;
      /** An earlier one. */
      /** The last one counts. */
      last?: string;
    }`,
    'Item',
  );

  it('does not count on the line of the brace or of another member, nor do plain comments', async () => {
    const { properties } = (await traps.component('Item')) as {
      properties: Record<string, { description?: string }>;
    };
    expect(
      Object.entries(properties).flatMap(([name, { description }]) =>
        description ? [[name, description]] : [],
      ),
    ).toEqual([['last', 'The last one counts.']]);
  });
});
