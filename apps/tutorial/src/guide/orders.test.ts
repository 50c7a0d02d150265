import { testClient, type TestClient } from 'vivace/testing';
import { app } from './orders';

let client: TestClient;
beforeEach(async () => void (client = await testClient(app)));
afterEach(() => client.close());
const place = (item: string, key: string, customer = 'ann') =>
  client.post('/orders/', {
    json: { item },
    headers: { 'idempotency-key': key, 'x-customer': customer },
  });

test('an order that is sent twice is placed once', async () => {
  expect([(await place('saw', 'a')).json(), (await place('saw', 'a')).json()]).toEqual([
    { id: 1, item: 'saw' },
    { id: 1, item: 'saw' },
  ]);
  expect((await place('axe', 'a')).status).toBe(422);
  expect((await client.get('/orders/')).json()).toMatchObject({ total: 1 });
});

test('two customers may choose the same key', async () => {
  await place('saw', 'c', 'ann');
  expect((await place('axe', 'c', 'bob')).json()).toEqual({ id: 2, item: 'axe' });
});

test('a list that has not changed is not sent again', async () => {
  const tag = (await client.get('/orders/')).headers.get('etag')!;
  expect((await client.get('/orders/', { headers: { 'if-none-match': tag } })).status).toBe(304);
  await place('saw', 'b');
  expect((await client.get('/orders/', { headers: { 'if-none-match': tag } })).status).toBe(200);
});

test('what is missing is answered as it is documented', async () => {
  expect((await client.get('/orders/7')).json()).toEqual({ detail: 'No such order' });
  const { paths } = client.server.openapi();
  expect(paths['/orders/{id}']!['get']).toMatchObject({
    responses: { '404': { description: 'No such order' }, '409': {} },
  });
});

test('versions are chosen by a header, and old ones say so', async () => {
  const old = await client.get('/report');
  expect([old.json(), old.headers.get('deprecation'), old.headers.get('sunset')]).toEqual([
    'as a text',
    '@1767225600',
    'Fri, 01 Jan 2027 00:00:00 GMT',
  ]);
  expect((await client.get('/report', { headers: { 'accept-version': '2' } })).json()).toEqual({
    as: 'an object',
  });
});

test('it is ready when its database is', async () => {
  expect((await client.get('/readyz')).json()).toEqual({
    status: 'ok',
    checks: { database: 'ok' },
  });
});
