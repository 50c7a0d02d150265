import { newClient } from '../testing/client.js';
import { ada, signIn } from '../testing/sign-in.js';

describe('signing in', () => {
  it('takes the right password only', async () => {
    await using client = await newClient();
    await client.post('/users', { json: ada });
    const tokens = ['difference engine', 'analytical engine'].map((password) =>
      client.post('/token', { form: { username: ada.email, password } }),
    );
    const [right, wrong] = await Promise.all(tokens);
    expect(right?.json()).toEqual({ access_token: expect.any(String), token_type: 'bearer' });
    expect(wrong?.status).toBe(401);
  });

  it('says the same of an unknown user', async () => {
    await using client = await newClient();
    const form = { username: 'nobody@example.com', password: 'analytical engine' };
    const response = await client.post('/token', { form });
    expect(response.json()).toEqual({ detail: 'Wrong e-mail address or password' });
  });

  it('gives a token that cannot be changed', async () => {
    await using client = await newClient();
    const { authorization } = await signIn(client);
    const headers = { authorization: `${authorization}x` };
    expect((await client.get('/users/me', { headers })).status).toBe(401);
  });
});
