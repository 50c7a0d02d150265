import { testClient, type TestClient } from 'vivace/testing';
import { app } from './cart';

let client: TestClient;
beforeEach(async () => void (client = await testClient(app)));
afterEach(() => client.close());
const add = (name: string, headers: Record<string, string> = {}) =>
  client.post('/cart/', { json: { name }, headers });

test('a cart is kept from request to request, through login, until logout', async () => {
  await add('saw');
  expect((await add('hammer')).json()).toEqual(['saw', 'hammer']);
  expect((await client.post('/account/login', { json: { name: 'ann' } })).json()).toEqual([
    'saw',
    'hammer',
  ]);
  expect((await client.post('/cart/order')).json()).toBe('2 things for ann');
  await client.post('/account/logout');
  expect((await client.get('/cart/')).json()).toEqual([]);
});

test('middleware of an operation refuses those who did not log in', async () => {
  const refused = await client.post('/cart/order');
  expect([refused.status, refused.json(), refused.headers.get('x-process-time')]).toEqual([
    401,
    { detail: 'Log in first' },
    expect.any(String),
  ]);
});

test('a page of another site cannot fill the cart', async () => {
  expect(
    (await add('trap', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status,
  ).toBe(403);
  expect(
    (await add('saw', { 'sec-fetch-site': 'cross-site', origin: 'https://shop.example' })).status,
  ).toBe(200);
});

test('the sixth login within a minute has to wait', async () => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1)
    statuses.push((await client.post('/account/login', { json: { name: 'ann' } })).status);
  expect(statuses).toContain(429);
});
