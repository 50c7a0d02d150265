import { testClient, type TestClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { app, Article, Author, blog, published, Topic } from './blog';

const db = testDatabase(blog);

async function author(client: TestClient, name: string, credit = 0): Promise<number> {
  const answer = await client.post('/authors/', { json: { name, credit } });
  expect(answer.status).toBe(201);
  return answer.json<{ id: number }>().id;
}

it('pages by what a client may sort by, and by no other column', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const id = await author(client, 'Ada');
  for (const title of ['b', 'a', 'c']) {
    const made = await client.post(`/articles/by/${id}`, { json: { title, body: 'x', words: [] } });
    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({ title, status: 'draft', version: 1, author: { id } });
    await client.post(`/articles/${made.json<{ id: number }>().id}/publish`);
  }
  expect(published).toEqual(['b', 'a', 'c']);
  const titles = async (query: string) =>
    (await client.get(`/articles/?${query}`))
      .json<{ items: Article[] }>()
      .items.map((one) => one.title);
  expect(await titles('')).toEqual(['a', 'b', 'c']);
  expect(await titles('sort=-title&size=2')).toEqual(['c', 'b']);
  expect((await client.get('/articles/?sort=body')).status).toBe(422);
  expect((await client.get('/articles/?size=101')).status).toBe(422);
});

it('pages after a sealed cursor, and refuses another', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  await db.run(async (session) => {
    const ada = session.add(Author, { name: 'Ada' });
    for (const at of [1, 2, 3]) {
      const article = session.add(Article, {
        title: `article ${at}`,
        body: 'x',
        createdAt: new Date(at),
        author: ada,
      });
      article.topics.add(session.add(Topic, { name: `topic ${at}` }));
    }
    await session.flush();
  });
  const first = await client.get('/articles/newest?size=2');
  const { items, next } = first.json<{ items: object[]; next: string }>();
  expect(items).toMatchObject([
    { title: 'article 3', author: { name: 'Ada' }, topics: [{ name: 'topic 3' }] },
    { title: 'article 2' },
  ]);
  const second = await client.get(`/articles/newest?size=2&cursor=${next}`);
  expect(second.json()).toMatchObject({ items: [{ title: 'article 1' }], next: null });
  const other = await client.get(`/articles/newest?size=2&cursor=${next.slice(0, -4)}AAAA`);
  expect(other.status).toBe(422);
  expect(other.json()).toMatchObject({ detail: [{ loc: ['query', 'cursor'] }] });
});

it('changes what was sent, and refuses a version that is no longer there', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const id = await author(client, 'Ada');
  const json = { title: 'old', body: 'x', summary: 'short', words: [] };
  const made = (await client.post(`/articles/by/${id}`, { json })).json<{ id: number }>();
  const change = (body: object) => client.patch(`/articles/${made.id}`, { json: body });
  expect((await change({ version: 1, title: 'new' })).json()).toMatchObject({
    title: 'new',
    summary: 'short',
    version: 2,
  });
  expect((await change({ version: 1, title: 'late' })).status).toBe(409);
  expect((await change({ version: 2, title: 'x'.repeat(201) })).status).toBe(422);
});

it('searches by text, in which % is a character', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const id = await author(client, 'Ada');
  for (const title of ['100 %', '100 percent'])
    await client.post(`/articles/by/${id}`, { json: { title, body: 'x', words: [] } });
  expect((await client.get('/articles/search?q=0%20%25')).json()).toMatchObject([
    { title: '100 %' },
  ]);
  expect((await client.get('/articles/search?q=%00')).json()).toEqual([]);
});

it('moves credit in one transaction, and reads it by a reader', async () => {
  await using database = await db.fresh();
  await using client = await testClient(app, { overrides: [database.override] });
  const [from, to] = [await author(client, 'Ada', 5), await author(client, 'Ben')];
  expect((await client.post(`/authors/${from}/pay/${to}?amount=3`)).status).toBe(200);
  expect((await client.post(`/authors/${from}/pay/${to}?amount=3`)).status).toBe(409);
  expect((await client.get(`/reports/authors/${to}`)).json()).toMatchObject({ credit: 3 });
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => client.post(`/authors/${from}/pay/${to}?amount=1`)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  expect((await client.get(`/reports/authors/${to}`)).json()).toMatchObject({ credit: 5 });
});
