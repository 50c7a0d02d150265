import { testClient } from 'vivace/testing';
import { app } from '../app.js';
import { charles, signIn } from '../testing/sign-in.js';

describe('posts', () => {
  it('are written by who is signed in, and read by everybody', async () => {
    await using client = await testClient(app);
    const headers = await signIn(client);
    const post = (await client.post('/posts', { json: { title: 'Notes' }, headers })).json();
    expect(post).toMatchObject({ id: 1, title: 'Notes', tags: [], authorId: 1 });
    expect((await client.get('/posts/1')).json()).toEqual(post);
    expect((await client.post('/posts', { json: { title: 'Notes' } })).status).toBe(401);
  });

  it('are listed by pages, the newest first', async () => {
    await using client = await testClient(app);
    const headers = await signIn(client);
    for (const title of ['One', 'Two', 'Three'])
      await client.post('/posts', { json: { title }, headers });
    const response = await client.get('/posts', { params: { page: 1, size: 2 } });
    expect(response.json()).toMatchObject({
      total: 3,
      items: [{ title: 'Three' }, { title: 'Two' }],
    });
  });

  it('are removed by their author only', async () => {
    await using client = await testClient(app);
    const headers = await signIn(client);
    await client.post('/posts', { json: { title: 'Notes' }, headers });
    const other = await signIn(client, charles);
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
