import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import { MaxLength, MinLength } from 'class-validator';
import { HTTPException, type bytes, type decimal, type int, type uuid } from 'vivace';
import { CursorPage, CursorQuery, PageQuery } from 'vivace/responses';
import { Collection, Column, Entity, Id, Many, ManyToMany, type Rel } from '@vivace/sql';
import { OpenSession } from '../src/session/open-session';
import { opened } from './opened';
import { statementsOf } from './statements';

@Entity()
class Author {
  @Id() id!: int;
  @MinLength(1) name!: string;
  @Many(() => Post, 'author') posts = new Collection<Post>(this);
}
@Entity()
class Tag {
  @Id() id!: uuid;
  name!: string;
}
class Place {
  name!: string;
  since!: Date;
}
@Entity()
class Post {
  @Id() id!: int;
  @MaxLength(20) title!: string;
  body?: string;
  views: bigint = 0n;
  price: decimal | null = null;
  at: Date = new Date(1000);
  data: bytes | null = null;
  words: string[] = [];
  places: Place[] = [];
  rank: int | null = null;
  @Column({ version: true }) version!: int;
  @Column({ onUpdate: () => new Date(5000) }) changed: Date = new Date(2000);
  author!: Rel<Author>;
  @ManyToMany(() => Tag) tags = new Collection<Tag>(this);
  get label(): string {
    return `${this.title}!`;
  }
}

describe('rows by one statement', () => {
  let database: Awaited<ReturnType<typeof opened>>;
  let texts: string[];

  /** In a session whose reads give plain rows. */
  async function reading<T>(work: (db: OpenSession) => Promise<T>): Promise<T> {
    texts.length = 0;
    const db = OpenSession.open(database, { isPlain: true });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  beforeAll(async () => {
    database = await opened([Author, Tag, Post]);
    texts = statementsOf(database.pool);
    await database.work(async (db) => {
      const ann = db.add(Author, { name: 'Ann' });
      const ben = db.add(Author, { name: 'Ben' });
      const tag = db.add(Tag, { name: 'x' });
      for (const at of [1, 2, 3, 4, 5]) {
        const post = db.add(Post, {
          title: `post ${at}`,
          views: 2n ** 60n,
          price: '1.50' as decimal,
          words: ['a,"{}', 'null'],
          places: [{ name: 'p', since: new Date(7) }],
          data: new Uint8Array([1, 2]),
          rank: at < 4 ? (at as int) : null,
          author: at % 2 === 0 ? ann : ben,
        });
        if (at < 3) post.tags.add(tag);
      }
    });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it('are instances of the class, equal to those of the library', async () => {
    const plain = await reading((db) => db.get(Post, { id: 1 as int }));
    expect(texts).toHaveLength(1);
    expect(plain).toBeInstanceOf(Post);
    expect(plain.label).toBe('post 1!');
    expect('body' in { ...plain }).toBe(false);
    await database.work(async (db) => {
      const tracked = await db.get(Post, { id: 1 as int });
      for (const field of [
        'id',
        'title',
        'views',
        'price',
        'at',
        'data',
        'words',
        'places',
        'version',
      ] as const)
        expect(plain[field]).toEqual(tracked[field]);
      expect(plain.author.id).toBe(tracked.author.id);
    });
  });

  it('have relations: to one by a join, to many by one more statement', async () => {
    const posts = await reading((db) =>
      db.page(Post, new PageQuery(), {}, { populate: ['author.posts', 'tags'], order: 'title' }),
    );
    expect(texts).toHaveLength(4);
    expect(posts.items.map(({ author }) => author.name)).toEqual([
      'Ben',
      'Ann',
      'Ben',
      'Ann',
      'Ben',
    ]);
    expect(posts.items[0]!.author).toBeInstanceOf(Author);
    expect(posts.items[0]!.author.posts.getItems().map(({ id }) => id)).toEqual([1, 3, 5]);
    expect([...posts.items[0]!.tags].map(({ name }) => name)).toEqual(['x']);
    expect(posts.items[4]!.tags).toHaveLength(0);
    expect(posts).toMatchObject({ total: 5, page: 1, pages: 1 });
  });

  it('never give half an answer of a relation that was not asked for', async () => {
    const author = await reading((db) => db.get(Author, { id: 1 as int }));
    expect(() => [...author.posts]).toThrow(
      "Author.posts was not loaded: ask for it with { populate: ['posts'] }.",
    );
  });

  it('cannot be assigned to in development, where nobody would write it', async () => {
    const post = await reading((db) => db.get(Post, { id: 1 as int }));
    expect(() => (post.title = 'x')).toThrow(TypeError);
  });

  it.each([
    [{ title: 'post 2' }, [2]],
    [{ id: [1, 2] }, [1, 2]],
    [{ id: { $in: [] } }, []],
    [{ id: { $nin: [1, 2, 3] } }, [4, 5]],
    [{ rank: null }, [4, 5]],
    [{ rank: { $ne: null } }, [1, 2, 3]],
    [{ rank: { $gte: 2, $lt: 3 } }, [2]],
    [{ $or: [{ id: 1 }, { title: { $like: '%5' } }] }, [1, 5]],
    [{ $and: [{ id: { $gt: 1 } }, { id: { $lte: 3 } }] }, [2, 3]],
    [{ $not: { id: { $gt: 2 } } }, [1, 2]],
    [{ author: 1 }, [2, 4]],
    [{ author: { id: 2 } }, [1, 3, 5]],
    [{ views: 2n ** 60n }, [1, 2, 3, 4, 5]],
    [{ at: new Date(1000), title: { $ilike: 'POST 1' } }, [1]],
    [{ title: { $eq: 'a\0' } }, []],
    [{ id: 2 ** 53 }, []],
    // What one statement of ours cannot say.
    [{ author: { name: 'Ann' } }, [2, 4]],
    [{ tags: { name: 'x' } }, [1, 2]],
    [{ words: { $contains: ['null'] } }, [1, 2, 3, 4, 5]],
  ])('are found by %p as the library finds them', async (where, ids) => {
    const query = new PageQuery();
    const plain = await reading((db) => db.page(Post, query, where as never));
    const tracked = await database.work((db) => db.page(Post, query, where as never));
    expect(plain.items.map(({ id }) => id)).toEqual(ids);
    expect(tracked.items.map(({ id }) => id)).toEqual(ids);
    expect([plain.total, tracked.total]).toEqual([ids.length, ids.length]);
  });

  it.each(['rank', '-rank', '-title', 'author'] as const)(
    'come page by page after a cursor, by %s, null last',
    async (order) => {
      for (const open of [reading, database.work] as const) {
        const seen: (number | null)[] = [];
        const query = Object.assign(new CursorQuery(), { size: 2 });
        for (let pages = 0; pages < 4; pages += 1) {
          const page: CursorPage<Post> = await open((db) => db.cursorPage(Post, query, [order]));
          seen.push(...page.items.map(({ id }) => id));
          if (page.next === null) break;
          query.cursor = page.next;
        }
        const expected = {
          rank: [1, 2, 3, 4, 5],
          '-rank': [3, 2, 1, 4, 5],
          '-title': [5, 4, 3, 2, 1],
          author: [2, 4, 1, 3, 5],
        };
        expect(seen).toEqual(expected[order]);
      }
    },
  );

  it('come after a cursor that stays short when their texts are long', async () => {
    const long = 'x'.repeat(5000);
    const ids = await database.work(async (db) => {
      const posts = ['a', 'b', 'c'].map((end) =>
        db.add(Post, { title: 'long', body: `${long}${end}`, author: 1 as never }),
      );
      await db.flush();
      return posts.map(({ id }) => id);
    });
    const query = Object.assign(new CursorQuery(), { size: 1 });
    const seen: number[] = [];
    const where = { title: 'long' };
    for (let next: string | null = ''; next !== null;) {
      const page: CursorPage<Post> = await reading((db) =>
        db.cursorPage(Post, query, ['body'], where),
      );
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
      expect(next?.length ?? 0).toBeLessThanOrEqual(1024);
      if (next !== null) query.cursor = next;
    }
    expect(seen).toEqual(ids);
    const gone = query.cursor!;
    await database.work((db) => db.nativeDelete(Post, where));
    await expect(
      reading((db) => db.cursorPage(Post, Object.assign(query, { cursor: gone }), ['body'], where)),
    ).rejects.toMatchObject({ issues: [{ type: 'cursor' }] });
  });

  it('refuse a cursor that was changed, cut, or made for another order, filter or entity', async () => {
    const query = Object.assign(new CursorQuery(), { size: 1 });
    const { next } = await reading((db) => db.cursorPage(Post, query, ['title']));
    const cursor = next!;
    const refused = { issues: [{ type: 'cursor', loc: ['query', 'cursor'] }] };
    const last = cursor.at(-5) === 'A' ? 'B' : 'A';
    const ask = (text: string) => Object.assign(new CursorQuery(), { size: 1, cursor: text });
    for (const text of [
      cursor.slice(0, -4),
      `${cursor.slice(0, -5)}${last}${cursor.slice(-4)}`,
      '',
      'x',
      '{}',
    ])
      await expect(
        reading((db) => db.cursorPage(Post, ask(text), ['title'])),
      ).rejects.toMatchObject(refused);
    for (const other of [
      (db: OpenSession) => db.cursorPage(Post, ask(cursor), ['-title']),
      (db: OpenSession) => db.cursorPage(Post, ask(cursor), ['title'], { id: 1 as int }),
      (db: OpenSession) => db.cursorPage(Author, ask(cursor), ['name']),
    ])
      await expect(reading<unknown>(other)).rejects.toMatchObject(refused);
  });

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

  it('see what the same session has written before, in a GET too', async () => {
    await reading(async (db) => {
      db.add(Author, { name: 'Gus' });
      expect((await db.page(Author, new PageQuery(), { name: 'Gus' })).total).toBe(1);
      expect(await db.get(Author, { name: 'Gus' })).toMatchObject({ name: 'Gus' });
    });
  });

  it('are read by a reader, also after rows of the library', async () => {
    const reader = OpenSession.of(database).openReader(database);
    expect(await reader.find(Author, { id: 1 as int })).toHaveLength(1);
    expect(await reader.get(Author, { id: 1 as int })).toMatchObject({ id: 1 });
    expect(await reader.execute('select 1 as one')).toEqual([{ one: 1 }]);
    await expect(reader.flush()).rejects.toThrow('A Reader writes nothing');
    await reader.close();
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
});
