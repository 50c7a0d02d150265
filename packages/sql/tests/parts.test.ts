import type { int } from 'vivace';
import { Entity, Id, sql } from '@vivace/sql';
import { OpenSession } from '../src/session/open-session';
import type { Session } from '../src/session/session';
import { opened } from './opened';

@Entity()
class Item {
  @Id() id!: int;
  left!: int;
}
const one = { left: 1 as int };

/** What a program may do in a part of a transaction: with the session that it is given, or with the one that was injected. */
const ways: Record<string, (db: Session) => unknown> = {
  execute: (db) => db.execute(sql`insert into item ("left") values (1)`),
  insert: (db) => db.insert(Item, one),
  add: (db) => void db.add(Item, one),
  'add and flush': (db) => {
    db.add(Item, one);
    return db.flush();
  },
  'several inserts': async (db) => {
    await db.transactional(() => db.insert(Item, one));
  },
  kysely: (db) => db.getKysely<any>().insertInto('item').values({ left: 1 }).execute(),
};

describe.each([
  ['of a request', false],
  ['of a socket', true],
])('a part of the work %s', (_, lasts) => {
  let database: Awaited<ReturnType<typeof opened>>;
  beforeAll(async () => {
    database = await opened([Item]);
  });
  afterAll(() => database[Symbol.asyncDispose]());
  const count = () => database.work((db) => db.count(Item));

  describe.each(['given', 'injected'])('by the session that was %s', (which) => {
    it.each(Object.keys(ways))('is kept or taken back as a whole: %s', async (way) => {
      const before = await count();
      const db = OpenSession.open(database, { lasts });
      const part = (fails: boolean) =>
        db.transactional(async (given) => {
          await ways[way]!(which === 'given' ? given : db);
          if (fails) throw new Error('taken back');
        });
      await expect(part(true)).rejects.toThrow('taken back');
      await part(false);
      await db.close();
      expect(await count()).toBe(before + 1);
    });
  });

  it('sees what it has written, and changes what was read before', async () => {
    const { id } = await database.work((db) => db.insert(Item, { left: 5 as int }));
    const db = OpenSession.open(database, { lasts });
    const item = await db.get(Item, { id });
    await db.transactional(async () => {
      await db.patch(Item, { id }, { left: 6 as int });
      expect((await db.get(Item, { id })).left).toBe(6);
      item.left = 7 as int;
    });
    await db.close();
    expect((await database.work((read) => read.get(Item, { id }))).left).toBe(7);
  });

  it('is over for what it has begun and nobody waited for', async () => {
    const before = await count();
    const db = OpenSession.open(database, { lasts });
    const go = Promise.withResolvers<void>();
    let late: Promise<unknown> | undefined;
    await db.transactional(async () => {
      late = go.promise.then(() => db.insert(Item, one));
    });
    go.resolve();
    await late;
    await db.close();
    expect(await count()).toBe(before + 1);
  });
});
