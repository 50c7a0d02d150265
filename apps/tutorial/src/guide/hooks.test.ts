import { createHmac } from 'node:crypto';
import { testClient } from 'vivace/testing';
import { app } from './hooks';

const sign = (body: string): string =>
  createHmac('sha256', 'a key for development').update(body).digest('hex');

test('a hook is taken with the signature of its bytes, and found by a body of GET', async () => {
  await using client = await testClient(app);
  const body = '{"event": "paid"}';
  expect(
    (await client.post('/hooks/', { body, headers: { 'x-signature': sign(body) } })).status,
  ).toBe(202);
  expect(
    (await client.post('/hooks/', { body, headers: { 'x-signature': sign('{}') } })).status,
  ).toBe(401);
  expect((await client.request('GET', '/hooks/', { json: { word: 'paid' } })).json()).toEqual([
    body,
  ]);
  expect((await client.request('GET', '/hooks/')).status).toBe(422);
});

test('a hook is no larger than it may be', async () => {
  await using client = await testClient(app);
  const body = 'x'.repeat(64 * 1024 + 1);
  expect(
    (await client.post('/hooks/', { body, headers: { 'x-signature': sign(body) } })).status,
  ).toBe(413);
});
