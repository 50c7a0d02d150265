import { newClient } from '../testing/client.js';
import { ada, signIn } from '../testing/sign-in.js';

describe('users', () => {
  it('sign up, and their password is never part of an answer', async () => {
    await using client = await newClient();
    const response = await client.post('/users', { json: ada });
    expect([response.status, response.json()]).toEqual([
      201,
      {
        id: expect.any(Number),
        name: 'Ada',
        email: 'ada@example.com',
        createdAt: expect.any(String),
      },
    ]);
  });

  it('sign up once with an address, also if they do so twice at once', async () => {
    await using client = await newClient();
    const responses = await Promise.all([1, 2].map(() => client.post('/users', { json: ada })));
    const statuses = responses.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('see themselves when they are signed in', async () => {
    await using client = await newClient();
    const headers = await signIn(client);
    expect((await client.get('/users/me', { headers })).json()).toMatchObject({ name: 'Ada' });
    expect((await client.get('/users/me')).status).toBe(401);
  });

  it('are found by their number', async () => {
    await using client = await newClient();
    const { id } = (await client.post('/users', { json: ada })).json<{ id: number }>();
    expect((await client.get(`/users/${id}`)).json()).toMatchObject({ name: 'Ada' });
    expect((await client.get(`/users/${id + 1}`)).json()).toEqual({ detail: 'User not found' });
  });
});
