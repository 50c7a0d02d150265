import type { int } from 'vivace';
import { CursorQuery, type CursorPage } from 'vivace/responses';
import type { OpenSession } from '../src/session/open-session';
import { Author, openPosts, Post } from './posts';

describe('pages', () => {
  let database: Awaited<ReturnType<typeof openPosts>>;
  let reading: typeof database.reading;
  let texts: string[];

  beforeAll(async () => {
    database = await openPosts();
    ({ reading, texts } = database);
  });
  afterAll(() => database[Symbol.asyncDispose]());

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
});
