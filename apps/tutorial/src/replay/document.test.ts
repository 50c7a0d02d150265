import { documentDifferences } from './document';

const operation = {
  summary: 'Read Item',
  operationId: 'read_item_items__item_id__get',
  description: 'Reads one.',
  parameters: [
    { name: 'item_id', in: 'path', required: true, schema: { type: 'integer', title: 'Item Id' } },
  ],
  responses: {
    200: { description: 'Successful Response' },
    418: { description: 'A teapot of mine' },
  },
};
const document = (change: object = {}, title = 'Item Id'): unknown => ({
  info: { title: 'FastAPI', version: '0.1.0' },
  paths: { '/items/{item_id}': { get: { ...operation, ...change } } },
  components: {
    schemas: {
      Item: {
        title: 'Item',
        properties: { description: { type: 'string', title: 'Description' }, price: { title } },
      },
    },
  },
});
const paths = (actual: unknown, expected = document()): string[] =>
  [...documentDifferences(expected, actual, ['read_item'])].map(({ path }) => path);
const GET = '/paths//items/{item_id}/get';

describe('documentDifferences', () => {
  it('accepts the author’s own words', () => {
    expect(
      paths({
        ...(document({ description: 'Our own.' }) as object),
        info: { title: 'Vivace', version: '0.1.0' },
      }),
    ).toEqual([]);
    expect(
      paths(
        document({ responses: { ...operation.responses, 418: { description: 'Another teapot' } } }),
      ),
    ).toEqual([]);
  });

  it('wants words where the author wrote some', () => {
    expect(paths(document({ description: undefined }))).toEqual([`${GET}/description`]);
  });

  it('wants the framework’s own texts as they are', () => {
    expect(paths(document({ summary: 'Read an item' }))).toEqual([`${GET}/summary`]);
    expect(
      paths(document({ responses: { ...operation.responses, 200: { description: 'OK' } } })),
    ).toEqual([`${GET}/responses/200/description`]);
  });

  it('wants titles that come from names as they are, and takes others as prose', () => {
    const titled = (title: string): object => ({
      parameters: [{ ...operation.parameters[0], schema: { type: 'integer', title } }],
    });
    expect(paths(document(titled('The item')))).toEqual([`${GET}/parameters/0/schema/title`]);
    expect(paths(document(titled('Ours')), document(titled('The ID of the item')))).toEqual([]);
    expect(paths(document({}, 'Cost'), document({}, 'Price'))).toEqual([
      '/components/schemas/Item/properties/price/title',
    ]);
    expect(paths(document({}, 'Cost'), document({}, 'What it costs'))).toEqual([]);
  });

  it('does not take a property called description for prose', () => {
    const properties = {
      description: { type: 'integer', title: 'Description' },
      price: { title: 'Item Id' },
    };
    const actual = {
      ...(document() as object),
      components: { schemas: { Item: { title: 'Item', properties } } },
    };
    expect(paths(actual)).toEqual(['/components/schemas/Item/properties/description/type']);
  });

  it('compares a document inside an answer under the path of the answer', () => {
    expect([
      ...documentDifferences(
        document(),
        document({ summary: 'Other' }),
        ['read_item'],
        ['response', 'body', 'json'],
      ),
    ]).toMatchObject([{ path: `/response/body/json${GET}/summary` }]);
  });
});
