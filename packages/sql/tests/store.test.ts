import { Client } from 'pg';
import { storeContract } from 'vivace/testing';
import { FORGET_ALL } from '../src/migrations/own-tables';
import { settingsOf } from '../src/opening/options';
import { openStore, type DatabaseStore } from '../src/store/database-store';
import type { TableStore } from '../src/store/table-store';
import { openCopy, type Copy } from '../src/testing/copies';
import { Hero, Team } from './programs/heroes';

const settings = settingsOf({ entities: [Team, Hero] });
let copy: Copy;
let client: Client;
let store: DatabaseStore;

beforeAll(async () => {
  copy = await openCopy(settings);
  const { url } = copy;
  client = new Client(url);
  await client.connect();
  store = openStore({ url, directUrl: url }, settings);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await client.end();
  await copy[Symbol.asyncDispose]();
});
beforeEach(() => client.query(FORGET_ALL));

describe.each([
  ['the logged table', (): TableStore => store],
  ['the unlogged table', (): TableStore => store.volatile],
])('the store in %s', (_, of) => {
  it.each(Object.entries(storeContract(of)))('%s', async (__, check) => check());

  it('is seen by all processes', () => {
    expect(of().shared).toBe(true);
  });

  it('takes keys of any length, with any character', async () => {
    const keys = ['\0', 'a\0', 'x'.repeat(100_000), `${'x'.repeat(100_000)}y`];
    for (const key of keys) await of().set(key, key.slice(-1));
    expect(await Promise.all(keys.map((key) => of().get(key)))).toEqual(['\0', '\0', 'x', 'y']);
  });

  it('gives a value that has no end one with its first count', async () => {
    await of().set('endless', '4');
    const { value, seconds } = await of().increment('endless', 0.5, 6000);
    expect([value, seconds > 5000 && seconds <= 6000]).toEqual([4.5, true]);
  });
});

describe('the tables of a store', () => {
  it('are two, of which the log of the server has one', async () => {
    await store.set('session', 'kept');
    await store.volatile.set('rate', 'counted');
    expect(await store.get('rate')).toBeUndefined();
    const { rows } = await client.query(
      `select relname as name, relpersistence as kind from pg_class
        where relkind = 'r' and oid in ('vivace.store'::regclass, 'vivace.volatile'::regclass)
        order by relname`,
    );
    expect(rows).toEqual([
      { name: 'store', kind: 'p' },
      { name: 'volatile', kind: 'u' },
    ]);
  });

  it('lose what is over when they are swept, however much it is, and nothing else', async () => {
    for (const table of ['vivace.store', 'vivace.volatile'])
      await client.query(
        `insert into ${table}
          select sha256(n::text::bytea), '', now() + (case when n <= 2500 then -1 else 60 end) * interval '1 second'
          from generate_series(1, 2510) n`,
      );
    await store.sweep();
    for (const table of ['vivace.store', 'vivace.volatile'])
      expect((await client.query(`select count(*)::int from ${table}`)).rows).toEqual([
        { count: 10 },
      ]);
  });
});
