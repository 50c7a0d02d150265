import { testClient, type TestClient } from 'vivace/testing';
import { app } from './login';

const ann = { email: 'ann@shop.example', password: 'correct horse' };

let client: TestClient;
beforeEach(
  async () =>
    (client = await testClient(app, { env: { JWT_KEY: 'a key of more than thirty-two bytes' } })),
);
afterEach(() => client.close());

const login = (form: object) =>
  client.post('/login', { form: { username: ann.email, password: ann.password, ...form } });
async function tokenFor(scope: string) {
  const { access_token } = (await login({ scope })).json<{ access_token: string }>();
  return { headers: { authorization: `Bearer ${access_token}` } };
}

test('sign up: the account is answered without its hash, once for each address', async () => {
  const created = await client.post('/accounts', { json: ann });
  expect([created.status, created.json()]).toEqual([201, { email: ann.email, scopes: ['me'] }]);
  expect((await client.post('/accounts', { json: ann })).status).toBe(409);
  const short = await client.post('/accounts', { json: { ...ann, password: 'hunter2' } });
  expect([short.status, short.text.includes('hunter2')]).toEqual([422, false]);
});

test('log in: the token opens what its scopes allow', async () => {
  await client.post('/accounts', { json: ann });
  expect((await client.get('/me', await tokenFor('me'))).json()).toEqual({
    email: ann.email,
    scopes: ['me'],
  });
  expect((await client.get('/me', await tokenFor(''))).status).toBe(403);
  expect((await client.get('/orders', await tokenFor('me orders'))).json()).toEqual({
    detail: 'Needs orders',
  });
});

test('a wrong password and an unknown user look the same', async () => {
  await client.post('/accounts', { json: ann });
  for (const form of [{ password: 'wrong' }, { username: 'bob@shop.example' }]) {
    const refused = await login(form);
    expect([refused.status, refused.json(), refused.headers.get('www-authenticate')]).toEqual([
      401,
      { detail: 'Incorrect username or password' },
      'Bearer',
    ]);
  }
});

test('without a token there is nothing to see', async () => {
  expect((await client.get('/me')).status).toBe(401);
  expect((await client.get('/me', { headers: { authorization: 'Bearer x' } })).json()).toEqual({
    detail: 'Could not validate credentials',
  });
});
