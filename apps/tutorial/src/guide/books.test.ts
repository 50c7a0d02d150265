import { testClient, type TestClient } from 'vivace/testing';
import { app } from './books';

let client: TestClient;
beforeAll(async () => (client = await testClient(app)));
afterAll(() => client.close());

test('a body is validated, converted and completed', async () => {
  const created = await client.post('/v1/books/', { json: { title: 'Emma', pages: '474' } });
  expect([created.status, created.json()]).toEqual([
    201,
    { title: 'Emma', pages: 474, language: 'en', id: 1 },
  ]);
});

test('path, query, headers and cookies come by their names', async () => {
  const request = {
    params: { fallback: 'none' },
    headers: { 'accept-language': 'de' },
    cookies: { theme: 'dark' },
  };
  expect((await client.get('/v1/books/9', request)).json()).toEqual({
    title: 'none',
    language: 'de',
    theme: 'dark',
  });
  expect(
    (await client.get('/v1/books/', { params: { id: [1, 2], language: 'de' } })).json(),
  ).toEqual([]);
  expect((await client.get('/v1/books/', { params: { id: [1, 2] } })).json()).toHaveLength(1);
  expect((await client.get('/v1/books/', { params: { limit: 'many' } })).json()).toMatchObject({
    detail: [{ type: 'int_parsing', loc: ['query', 'limit'] }],
  });
});

test('several methods, and the rest of a path', async () => {
  expect((await client.put('/v1/books/1/cover/front/large.png')).json()).toBe(
    'PUT front/large.png of 1',
  );
});

test('the document has the words of the program', () => {
  expect(client.server.openapi().paths['/v1/books/{book_id}']).toMatchObject({
    get: {
      summary: 'Read',
      description: 'One book.',
      parameters: [{ name: 'book_id', description: 'which one' }, {}, {}, {}],
    },
  });
});
