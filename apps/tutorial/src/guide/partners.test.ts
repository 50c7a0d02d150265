import { testClient, type TestClient } from 'vivace/testing';
import { app } from './partners';

const partner = { 'x-partner-key': 'key of the partner' };
type Tokens = { access_token: string; refresh_token: string };

let client: TestClient;
beforeEach(
  async () =>
    (client = await testClient(app, {
      env: { JWT_KEY: 'k'.repeat(32), PARTNER_KEY: partner['x-partner-key'] },
    })),
);
afterEach(() => client.close());

const login = async () =>
  (await client.post('/customers/ann', { headers: partner })).json<Tokens>();
const bearer = ({ access_token }: Tokens) => ({ authorization: `Bearer ${access_token}` });

test('a partner comes with a key, a customer with a token', async () => {
  expect((await client.get('/me', { headers: partner })).json()).toBe('partner');
  expect((await client.get('/me', { headers: bearer(await login()) })).json()).toBe('ann');
  const refused = await client.get('/me');
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer, APIKey',
  ]);
  expect((await client.get('/me', { headers: { 'x-partner-key': 'wrong' } })).json()).toEqual({
    detail: 'Unknown key',
  });
  expect((await client.get('/me', { headers: { authorization: 'Bearer x' } })).json()).toEqual({
    detail: 'Could not validate credentials',
  });
});

test('a login is renewed without a token of its own, once for each refresh token', async () => {
  const first = await login();
  const renewed = await client.post('/refresh', { json: { refresh_token: first.refresh_token } });
  expect((await client.get('/me', { headers: bearer(renewed.json<Tokens>()) })).json()).toBe('ann');
  expect(
    (await client.post('/refresh', { json: { refresh_token: first.refresh_token } })).status,
  ).toBe(401);
  expect(
    (
      await client.post('/refresh', {
        json: { refresh_token: renewed.json<Tokens>().refresh_token },
      })
    ).status,
  ).toBe(401);
});

test('after the logout neither token counts', async () => {
  const tokens = await login();
  const { refresh_token } = tokens;
  expect(
    (await client.post('/logout', { headers: bearer(tokens), json: { refresh_token } })).status,
  ).toBe(204);
  expect((await client.get('/me', { headers: bearer(tokens) })).status).toBe(401);
  expect((await client.post('/refresh', { json: { refresh_token } })).status).toBe(401);
});

test('what is public asks for nothing', async () => {
  expect((await client.get('/who')).json()).toBe('nobody');
  expect(
    (await client.get('/who', { headers: { authorization: 'Digest username="ann"' } })).json(),
  ).toBe('somebody');
});

test('a WebSocket asks the same', async () => {
  await using socket = await client.websocket('/feed', { headers: partner });
  expect(await socket.receive()).toBe('Hello partner');
  await expect(client.websocket('/feed')).rejects.toThrow('refused with 401');
});
