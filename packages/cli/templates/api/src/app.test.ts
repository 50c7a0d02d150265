import { testClient, type TestClient } from 'vivace/testing';
import { app } from './app.js';

const ada = { name: 'Ada', email: 'ada@example.com', password: 'difference engine' };

/** Signs up and in; the headers of requests in this name. */
async function signIn(client: TestClient, user = ada): Promise<{ authorization: string }> {
  await client.post('/users', { json: user });
  const response = await client.post('/token', {
    form: { username: user.email, password: user.password },
  });
  return { authorization: `Bearer ${response.json<{ access_token: string }>().access_token}` };
}

describe('users', () => {
  it('sign up, and their password is never part of an answer', async () => {
    await using client = await testClient(app);
    const response = await client.post('/users', { json: ada });
    expect([response.status, response.json()]).toEqual([
      201,
      { id: 1, name: 'Ada', email: 'ada@example.com', createdAt: expect.any(String) },
    ]);
    expect((await client.post('/users', { json: ada })).status).toBe(409);
  });

  it('are told of fields that nobody knows', async () => {
    await using client = await testClient(app);
    const response = await client.post('/users', { json: { ...ada, admin: true } });
    expect(response.json()).toMatchObject({
      detail: [{ type: 'extra_forbidden', loc: ['body', 'admin'] }],
    });
  });

  it('sign in with the right password only', async () => {
    await using client = await testClient(app);
    const headers = await signIn(client);
    expect((await client.get('/users/me', { headers })).json()).toMatchObject({ name: 'Ada' });
    expect((await client.get('/users/me')).status).toBe(401);
    const wrong = { username: ada.email, password: 'analytical engine' };
    expect((await client.post('/token', { form: wrong })).status).toBe(401);
  });
});

describe('posts', () => {
  it('are written by who is signed in, listed by pages, and removed by their author', async () => {
    await using client = await testClient(app);
    const headers = await signIn(client);
    const other = await signIn(client, { ...ada, email: 'charles@example.com' });
    const post = (await client.post('/posts', { json: { title: 'Notes' }, headers })).json();
    expect(post).toMatchObject({ id: 1, title: 'Notes', tags: [], authorId: 1 });
    expect((await client.get('/posts')).json()).toMatchObject({
      total: 1,
      items: [{ title: 'Notes' }],
    });
    expect((await client.delete('/posts/1', { headers: other })).status).toBe(403);
    expect((await client.delete('/posts/1', { headers })).status).toBe(204);
    expect((await client.get('/posts/1')).json()).toEqual({ detail: 'The post was not found.' });
  });

  it('need a title', async () => {
    await using client = await testClient(app);
    const response = await client.post('/posts', {
      json: { title: '' },
      headers: await signIn(client),
    });
    expect(response.json()).toMatchObject({
      detail: [{ type: 'string_too_short', loc: ['body', 'title'] }],
    });
  });
});
