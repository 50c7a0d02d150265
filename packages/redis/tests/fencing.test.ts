import { once } from 'node:events';
import { Controller, dependency, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { database, Entity, Id, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { Locks, redis, type Lock } from '@vivace/redis';
import { PATIENT } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

@Entity()
class Stock {
  @Id() id!: int;
  left!: int;
  token!: string;
}
@Controller()
class Shop {
  constructor(readonly locks: Locks) {}
}

const shop = database({ entities: [Stock] });
const db = testDatabase(shop);
const locksOf = dependency({ locks: Locks }, ({ locks }) => locks);
/** @returns whether it was written */
const write = (left: number, { token }: Lock) =>
  dependency({ db: Session }, async ({ db: session }) => {
    const rows = await session.execute(
      'update stock set "left" = ?, token = ? where id = 1 and token::bigint <= ? returning id',
      [left, String(token), String(token)],
    );
    return rows.length > 0;
  });
const left = dependency(
  { db: Session },
  async ({ db: session }) => (await session.get(Stock, { id: 1 as int })).left,
);
const begin = dependency({ db: Session }, ({ db: session }) => {
  session.add(Stock, { id: 1 as int, left: 10 as int, token: '0' });
});

describe.each(['memory', 'Redis'])('a lock in %s', (place) => {
  (place === 'Redis' ? describeWithRedis : describe)('beside a table', () => {
    it('that was held past its time writes nothing over what a later holder wrote', async () => {
      await using server = place === 'Redis' ? await RedisServer.start() : undefined;
      const env: Record<string, string> = server === undefined ? {} : { REDIS_URL: server.url };
      const app = new Vivace({
        controllers: [Shop],
        extensions: [shop, redis({ timeouts: PATIENT })],
      });
      await using client = await testClient(app, { overrides: [db.rollback()], env });
      const run = client.server.run.bind(client.server);
      await run(begin);
      const locks = await run(locksOf);
      const slow = await locks.acquire('stock:1', { seconds: 0.05 });
      if (!slow.signal.aborted) await once(slow.signal, 'abort');
      await using next = await locks.acquire('stock:1', { seconds: 600, wait: 60 });
      expect(await run(write(7, next))).toBe(true);
      expect(await run(write(9, slow))).toBe(false);
      expect(await run(left)).toBe(7);
    });
  });
});
