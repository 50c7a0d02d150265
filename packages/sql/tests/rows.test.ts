import type { int } from 'vivace';
import { PageQuery } from 'vivace/responses';
import { LockMode } from '@mikro-orm/core';
import { sql } from '@vivace/sql';
import { OpenSession } from '../src/session/open-session';
import { Author, openPosts, Post } from './posts';

describe('rows by one statement', () => {
  let database: Awaited<ReturnType<typeof openPosts>>;
  let reading: typeof database.reading;
  let texts: string[];

  beforeAll(async () => {
    database = await openPosts();
    ({ reading, texts } = database);
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
    [{ words: ['a,"{}', 'null'] }, [1, 2, 3, 4, 5]],
    [{ words: ['a'] }, []],
    [{ words: [] }, []],
    [{ words: ['\0'] }, []],
    [{ places: [{ name: 'p', since: new Date(7) }] }, [1, 2, 3, 4, 5]],
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

  it.each<[string, object | number, object, readonly number[]]>([
    ['an order', {}, { orderBy: { title: 'desc' } }, [5, 4, 3, 2, 1]],
    [
      'an order with null first',
      {},
      { orderBy: [{ rank: 'DESC' }, { id: 'desc' }] },
      [5, 4, 3, 2, 1],
    ],
    [
      'an order with null last',
      {},
      { orderBy: { rank: 'desc nulls last', id: 'asc' } },
      [3, 2, 1, 4, 5],
    ],
    ['a part', {}, { orderBy: { id: 'asc' }, limit: 2, offset: 1 }, [2, 3]],
    ['a key', 2, {}, [2]],
    [
      'a lock',
      { id: [1, 2] },
      { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
      [1, 2],
    ],
    [
      'an order by a relation',
      {},
      { orderBy: { author: { name: 'asc' }, id: 'asc' } },
      [2, 4, 1, 3, 5],
    ],
    ['an order by SQL', {}, { orderBy: { [sql`-id`]: 'asc' } }, [5, 4, 3, 2, 1]],
    ['a comment', { rank: 1 }, { comments: 'of the library' }, [1]],
  ])('are found with %s, whoever reads them', async (_, where, options, ids) => {
    const find = (db: OpenSession) => db.find(Post, where as never, options);
    const rows = await Promise.all([
      reading(find),
      database.work(find),
      database.work((db) => db.find(Post, where as never, { ...options, comments: 'library' })),
    ]);
    const [plain, tracked, library] = rows.map((all) => all.map(valuesOf));
    expect(library!.map(({ id }) => id)).toEqual(ids);
    expect(tracked).toEqual(library);
    expect(plain).toEqual(library);
  });

  it('are found, counted and missed by one statement each, in the words of MikroORM', async () => {
    const found = await reading(async (db) => ({
      one: await db.findOne(Post, { title: 'post 3' }),
      none: await db.findOne(Post, { title: 'none' }),
      all: await db.findAll(Post, { where: { rank: null }, orderBy: { id: 'asc' } }),
      both: await db.findAndCount(Post, { rank: { $ne: null } }, { limit: 1 }),
      count: await db.count(Post, { rank: null }),
    }));
    expect(texts).toHaveLength(6);
    expect(found).toMatchObject({
      one: { id: 3 },
      none: null,
      all: [{ id: 4 }, { id: 5 }],
      count: 2,
    });
    expect(found.both).toMatchObject([[{ rank: 1 }], 3]);
    await expect(reading((db) => db.findOneOrFail(Post, { id: 0 as int }))).rejects.toThrow(
      'not found',
    );
    await expect(reading((db) => db.findOne(Post, {}))).rejects.toThrow('empty');
  });

  it('take one connection when they are asked for together, and one that fails is none of the others', async () => {
    let taken = 0;
    const take = (): void => void (taken += 1);
    database.pool.on('acquire', take);
    const [failed, page, count] = await reading((db) =>
      Promise.allSettled([
        db.execute('select 1 / 0'),
        db.page(Post, new PageQuery()),
        db.count(Author),
      ]),
    );
    database.pool.off('acquire', take);
    expect(taken).toBe(1);
    expect(failed).toMatchObject({ reason: { code: '22012' } });
    expect(page).toMatchObject({ value: { total: 5 } });
    expect(count).toMatchObject({ value: 2 });
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('are tracked where a change may follow, which is then written', async () => {
    const { id } = await database.work((db) => db.insert(Author, { name: 'Kim' }));
    await database.work(async (db) => {
      const found = await db.findOne(
        Author,
        { name: 'Kim' },
        { lockMode: LockMode.PESSIMISTIC_READ },
      );
      expect(await db.get(Author, { id })).toBe(found);
      found!.name = 'Lou';
    });
    expect(await database.work((db) => db.get(Author, { id }))).toMatchObject({ name: 'Lou' });
    await database.work((db) => db.nativeDelete(Author, { id }));
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
});

/** Of the columns: rows of the library have relations as it keeps them. */
function valuesOf({ author, tags: _, ...values }: Post): Omit<Post, 'author' | 'tags' | 'label'> {
  return { ...values, author: author.id } as never;
}
