import { testClient, type TestClient } from 'vivace/testing';
import { app } from './prices';

let client: TestClient;
beforeAll(async () => (client = await testClient(app)));
afterAll(() => client.close());

test('JSON Lines: one item a line, with its declared fields only', async () => {
  const response = await client.get('/prices/', { params: { share: 'VIV' } });
  expect([response.headers.get('content-type'), response.text]).toEqual([
    'application/jsonl',
    '{"share":"VIV","cents":1999}\n{"share":"VIV","cents":2001}\n',
  ]);
});

test('an error before the first item is answered as any other', async () => {
  const response = await client.get('/prices/', { params: { share: 'NIL' } });
  expect([response.status, response.json()]).toEqual([404, { detail: 'nobody trades NIL' }]);
});

test('events, from the beginning and after the last one that the client has', async () => {
  const response = await client.get('/prices/live');
  expect(response.events()).toEqual([
    { event: 'price', id: '1', data: '{"share":"VIV","cents":1999}' },
    { event: 'price', id: '2', data: '{"share":"ACE","cents":250}' },
    { event: 'price', id: '3', data: '{"share":"VIV","cents":2001}' },
  ]);
  const resumed = await client.get('/prices/live', { headers: { 'last-event-id': '2' } });
  expect(resumed.events().map(({ id }) => id)).toEqual(['3']);
});

test('a test that leaves a stream closes it', async () => {
  await using stream = await client.stream('GET', '/prices/live');
  for await (const { id, data } of stream.events()) {
    expect([id, JSON.parse(data)]).toEqual(['1', { share: 'VIV', cents: 1999 }]);
    break;
  }
});

test('chunks as they are, with the media type of the response class', async () => {
  const response = await client.get('/prices/table');
  expect([response.headers.get('content-type'), response.text]).toEqual([
    'text/csv; charset=utf-8',
    'share,cents\nVIV,1999\nACE,250\nVIV,2001\n',
  ]);
});

test('the document says what an item is', () => {
  const { paths } = client.server.openapi();
  const content = (path: string) =>
    (paths[path]!['get'] as { responses: { 200: { content: unknown } } }).responses[200].content;
  const price = { $ref: '#/components/schemas/Price' };
  expect(content('/prices/')).toEqual({ 'application/jsonl': { itemSchema: price } });
  expect(content('/prices/live')).toMatchObject({
    'text/event-stream': { itemSchema: { properties: { data: { contentSchema: price } } } },
  });
  expect(content('/prices/table')).toEqual({ 'text/csv': { schema: { type: 'string' } } });
});
