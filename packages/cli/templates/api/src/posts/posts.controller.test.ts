import { newClient } from '../testing/client.js';
import { charles, signIn } from '../testing/sign-in.js';

describe('posts', () => {
  it('are written by who is signed in, and read by everybody', async () => {
    await using client = await newClient();
    const headers = await signIn(client);
    const response = await client.post('/posts', { json: { title: 'Notes' }, headers });
    const post = response.json<{ id: number }>();
    expect(post).toMatchObject({ title: 'Notes', tags: [], author: { name: 'Ada' } });
    expect((await client.get(`/posts/${post.id}`)).json()).toEqual(post);
    expect((await client.post('/posts', { json: { title: 'Notes' } })).status).toBe(401);
  });

  it('are listed by pages, the newest first', async () => {
    await using client = await newClient();
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
    await using client = await newClient();
    const headers = await signIn(client);
    const added = await client.post('/posts', { json: { title: 'Notes' }, headers });
    const path = `/posts/${added.json<{ id: number }>().id}`;
    const other = await signIn(client, charles);
    expect((await client.delete(path, { headers: other })).status).toBe(403);
    expect((await client.delete(path, { headers })).status).toBe(204);
    expect((await client.get(path)).json()).toEqual({ detail: 'Post not found' });
  });

  it('need a title', async () => {
    await using client = await newClient();
    const response = await client.post('/posts', {
      json: { title: '' },
      headers: await signIn(client),
    });
    expect(response.json()).toMatchObject({
      detail: [{ type: 'string_too_short', loc: ['body', 'title'] }],
    });
  });
});
