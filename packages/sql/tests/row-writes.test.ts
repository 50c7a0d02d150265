import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import { HTTPException, type int } from 'vivace';
import { PageQuery } from 'vivace/responses';
import { OpenSession } from '../src/session/open-session';
import { Author, openPosts, Post, Tag } from './posts';

describe('rows that are written by one statement', () => {
  let database: Awaited<ReturnType<typeof openPosts>>;
  let texts: string[];

  beforeAll(async () => {
    database = await openPosts();
    ({ texts } = database);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it.each<[string, (db: OpenSession) => Promise<unknown>]>([
    ['insert', (db) => db.insert(Post, { title: 'of nobody', author: 0 as never })],
    ['patch', (db) => db.patch(Post, { id: 1 as int }, { author: 0 as never })],
    [
      'add',
      async (db) => {
        db.add(Post, { title: 'of nobody', author: db.getReference(Author, 0 as int) });
        await db.flush();
      },
    ],
  ])('fail with the errors of the library by %s', async (_, write) => {
    await expect(database.work(write)).rejects.toBeInstanceOf(
      ForeignKeyConstraintViolationException,
    );
  });

  it('are written by insert, which gives what the database has', async () => {
    const post = await database.work((db) =>
      db.insert(Post, {
        title: 'new',
        author: 1 as never,
        places: [{ name: 'q', since: new Date(9) }],
      }),
    );
    expect(post).toMatchObject({ title: 'new', version: 1, views: 0n, price: null, words: [] });
    expect(post.places[0]!.since).toEqual(new Date(9));
    const read = await database.work((db) => db.get(Post, { id: post.id }));
    expect(read).toMatchObject({ title: 'new', changed: new Date(2000) });
    expect(await database.work((db) => db.insert(Tag, { name: 't' }))).toMatchObject({ name: 't' });
    await expect(
      database.work((db) => db.insert(Post, { title: 'x'.repeat(21), author: 1 as never })),
    ).rejects.toMatchObject({ issues: [{ loc: ['body', 'title'] }] });
  });

  it('are part of the transaction that a long session makes, and of one in it', async () => {
    const db = OpenSession.open(database, { lasts: true });
    const failing = db.transactional(async (outer) => {
      await outer.insert(Author, { name: 'Hal' });
      await outer.transactional((inner) => inner.insert(Author, { name: 'Ida' }));
      throw new Error('taken back');
    });
    await expect(failing).rejects.toThrow('taken back');
    expect(await db.count(Author, { name: { $in: ['Hal', 'Ida'] } })).toBe(0);
    expect(await db.insert(Author, { name: 'Jon' })).toMatchObject({ name: 'Jon' });
    await db.close();
    expect(await database.work((other) => other.count(Author, { name: 'Jon' }))).toBe(1);
  });

  it('are written with lists of other rows, which take one more statement', async () => {
    texts.length = 0;
    const author = await database.work((db) =>
      db.insert(Author, {
        name: 'Eve',
        posts: [
          { title: 'one', data: new Uint8Array([0, 255]), words: ['a"'], price: '1.25' },
          { title: 'two', views: 2n ** 62n, places: [{ name: 'p', since: new Date(3) }] },
        ] as never,
      }),
    );
    expect(texts).toHaveLength(4);
    expect([...author.posts]).toMatchObject([
      { title: 'one', data: new Uint8Array([0, 255]), words: ['a"'], price: '1.25', version: 1 },
      { title: 'two', views: 2n ** 62n, at: new Date(1000), author: { id: author.id } },
    ]);
    expect(author.posts[1]!.places[0]!.since).toEqual(new Date(3));
    const bad = { name: 'Fay', posts: [{ title: 'x' }, { title: 'x'.repeat(21) }] as never };
    await expect(database.work((db) => db.insert(Author, bad))).rejects.toMatchObject({
      issues: [{ loc: ['body', 'posts', 1, 'title'] }],
    });
  });

  it('end their statement when nobody waits for it, and give their connection back', async () => {
    const db = OpenSession.open(database);
    const sleeping = db.execute('select pg_sleep(60)');
    const isRunning = `select 1 from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'`;
    while ((await database.pool.query(isRunning)).rowCount === 0);
    db.abort(new Error('left'));
    await expect(sleeping).rejects.toMatchObject({ code: '57014' });
    await expect(db.get(Author, { id: 1 as int })).rejects.toThrow('left');
    await db.abandon();
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('are changed by patch under the hands of who tracks them, and then by both', async () => {
    const { id } = await database.work((db) => db.insert(Post, { title: 'a', author: 1 as never }));
    const seen = await database.work(async (db) => {
      const post = await db.get(Post, { id });
      await db.patch(Post, { id }, { title: 'b' });
      const { title, version } = post;
      db.change(post, { body: 'c' });
      return { title, version };
    });
    expect(seen).toEqual({ title: 'b', version: 2 });
    const kept = await database.work((db) => db.get(Post, { id }));
    expect(kept).toMatchObject({ title: 'b', body: 'c', version: 3 });
  });

  it('are changed by patch: absent stays, null clears, the version is held', async () => {
    const { id } = await database.work((db) =>
      db.insert(Post, { title: 'old', rank: 1 as int, author: 1 as never }),
    );
    const changed = await database.work((db) =>
      db.patch(Post, { id }, { rank: null, title: undefined as never }, { version: 1 }),
    );
    expect(changed).toMatchObject({
      title: 'old',
      rank: null,
      version: 2,
      changed: new Date(5000),
    });
    const stale = database.work((db) => db.patch(Post, { id }, { title: 'x' }, { version: 1 }));
    await expect(stale).rejects.toMatchObject({ status: 409 });
    const none = database.work((db) =>
      db.patch(Post, { id: 0 as int }, { title: 'x' }, { version: 1 }),
    );
    await expect(none).rejects.toMatchObject({ status: 404 });
    await expect(database.work((db) => db.patch(Post, {}, { title: 'x' }))).rejects.toThrow();
    expect(await database.work((db) => db.patch(Post, { id }, {}))).toMatchObject({ title: 'old' });
    await expect(database.work((db) => db.patch(Post, { id: 0 as int }, {}))).rejects.toThrow(
      HTTPException,
    );
  });

  it('are written in the order in which the program says so', async () => {
    await database.work(async (db) => {
      const author = db.add(Author, { name: 'Cid' });
      await db.flush();
      author.name = 'Dan';
      const post = await db.insert(Post, { title: 'later', author });
      expect(post.author).toBe(author);
      const { items } = await db.page(Author, new PageQuery(), { name: 'Dan' });
      expect(items[0]).toBe(author);
    });
  });

  it('go without a flush where nothing but keys of other rows is known, and with one where they are changed', async () => {
    const { id } = await database.work((db) => db.insert(Author, { name: 'Max' }));
    await database.work(async (db) => {
      texts.length = 0;
      const author = db.getReference(Author, id);
      await db.insert(Post, { title: 'of a key', author });
      expect(texts).toHaveLength(2);
      author.name = 'Mia';
    });
    expect(await database.work((db) => db.get(Author, { id }))).toMatchObject({ name: 'Mia' });
  });
});
