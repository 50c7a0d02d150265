import { testClient } from 'vivace/testing';
import { app } from './plugins';

test('plugins of Fastify stand around the operations of the application', async () => {
  await using client = await testClient(app);
  const about = await client.get('/club/');
  expect([about.status, about.headers.get('x-served-by')]).toEqual([200, 'club-1']);
  expect(about.headers.get('x-ratelimit-limit')).toBe('100');
  expect(about.headers.get('x-dns-prefetch-control')).toBe('off');
});

test('what a plugin refuses is answered with its status, in the form of the application', async () => {
  await using client = await testClient(app);
  expect((await client.get('/club/me')).json()).toEqual({
    detail: 'No Authorization was found in request.headers',
  });
  const { token } = (await client.get('/token/ann')).json() as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  expect((await client.get('/club/me', { headers })).json()).toEqual({ name: 'ann' });
});
