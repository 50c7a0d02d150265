import { sessions } from 'vivace/middleware';
import { testClient } from 'vivace/testing';
import { describeWithRedis, RedisServer } from '../redis-server';
import { app, asked } from './shop';
import { app as work } from './work';

app.use(sessions({ secret: 'b'.repeat(16) + 'a1b2c3d4e5f6g7h8', store: true }));
const chair = { id: 1, name: 'chair', left: 2, added: '2026-11-30T18:00:00Z' };
beforeEach(() => (asked.length = 0));

test('what is read is kept until it is written, and a 404 is not', async () => {
  await using client = await testClient(app, { env: {} });
  for (let times = 0; times < 2; times += 1)
    expect((await client.get('/products/1')).status).toBe(404);
  await client.put('/products/', { json: chair });
  for (let times = 0; times < 2; times += 1)
    expect((await client.get('/products/1')).json()).toEqual(chair);
  expect(asked).toEqual(['product 1', 'product 1', 'product 1']);
  await client.delete('/products/');
  expect((await client.get('/products/1')).status).toBe(404);
});

test('the price is asked for once', async () => {
  await using client = await testClient(app, { env: {} });
  for (let times = 0; times < 2; times += 1)
    expect((await client.get('/products/1/price')).json()).toEqual({ product: 1, cents: 100 });
  expect(asked).toEqual(['price 1']);
});

test('an order is made once, and those who listen hear of it', async () => {
  await using client = await testClient(app, { env: {} });
  await client.put('/products/', { json: chair });
  await using feed = await client.websocket('/feed/');
  expect(await feed.receiveJson()).toEqual({ listening: true });
  for (let times = 0; times < 2; times += 1) {
    const headers = { 'idempotency-key': 'k1' };
    const { left } = (await client.post('/products/1/order', { headers })).json<{ left: number }>();
    expect(left).toBe(1);
  }
  expect(await feed.receiveJson()).toEqual({ product: 1, left: 1 });
});

describeWithRedis('with Redis', () => {
  test('the client counts, and keys are walked through', async () => {
    await using server = await RedisServer.start();
    await using client = await testClient(work, { env: { REDIS_URL: server.url } });
    for (const left of [9, 8]) expect((await client.post('/left/7')).json()).toBe(left);
    expect((await client.post('/left/')).json()).toEqual(['left:7']);
    await client.post('/log/hello');
    expect((await client.post('/log/')).json()).toEqual(['hello']);
  });

  test('a session is there in another process', async () => {
    await using server = await RedisServer.start();
    const env = { REDIS_URL: server.url };
    await using first = await testClient(app, { env });
    await using second = await testClient(app, { env });
    const [cookie] = (await first.get('/visits/')).headers.getSetCookie();
    const headers = { cookie: cookie!.split(';')[0]! };
    expect((await second.get('/visits/', { headers })).json()).toBe(2);
  });
});
