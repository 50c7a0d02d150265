import { Controller, Get, HTTPException, Post, Vivace, type int } from 'vivace';
import { WebSocketRoute, type WebSocket } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { database, Entity, Id, Session, Transaction } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { Locks, redis } from '@vivace/redis';
import { PATIENT } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

@Entity()
class Stock {
  @Id() id!: int;
  left!: int;
}
const LONG = { seconds: 600, wait: 60 };
const NOW = { seconds: 600 };
let tries = 0;
/** Another client, in the middle of a request. */
let elsewhere: () => Promise<unknown> = async () => undefined;

@Controller()
class Shop {
  constructor(
    private readonly db: Session,
    private readonly locks: Locks,
  ) {}
  async #take(options: typeof NOW): Promise<void> {
    await using _ = await this.locks.acquire('stock', options);
    const stock = await this.db.get(Stock, { left: { $gte: 0 } });
    stock.left = (stock.left - 1) as int;
  }
  @Post('/')
  add(left: int): void {
    this.db.add(Stock, { left });
  }
  @Get('/left')
  async left(): Promise<int> {
    return (await this.db.get(Stock, { left: { $gte: 0 } })).left;
  }
  @Post('/order')
  async order(fails = false): Promise<void> {
    await this.#take(LONG);
    await elsewhere();
    if (fails) throw new HTTPException(409);
  }
  @Post('/twice')
  async twice(): Promise<void> {
    await this.#take(NOW);
    await this.#take(NOW);
  }
  @Transaction({ isolation: 'serializable', retries: 3 })
  @Post('/again')
  async again(): Promise<void> {
    await this.#take(NOW);
    if ((tries += 1) === 1) throw Object.assign(new Error('conflict'), { code: '40001' });
  }
  @Post('/free')
  async free(): Promise<void> {
    await (await this.locks.acquire('stock', NOW))[Symbol.asyncDispose]();
  }
  @WebSocketRoute('/socket')
  async socket(socket: WebSocket): Promise<void> {
    for await (const how of socket.messages()) {
      const part = this.db.transactional(async () => {
        await using _ = await this.locks.acquire('stock', NOW);
        await this.db.execute('update stock set "left" = "left" - 1');
        if (how === 'fail') throw new Error('taken back');
      });
      await part.catch(() => undefined);
      await socket.send('ended');
    }
  }
}

const shop = database({ entities: [Stock] });
const db = testDatabase(shop);

describe.each(['memory', 'Redis'])('a lock in %s', (place) => {
  (place === 'Redis' ? describeWithRedis : describe)('that was given back', () => {
    let server: RedisServer | undefined;
    let fresh: Awaited<ReturnType<typeof db.fresh>>;
    let client: TestClient;
    beforeAll(async () => {
      if (place === 'Redis') server = await RedisServer.start();
    });
    beforeEach(async () => {
      fresh = await db.fresh();
      elsewhere = async () => undefined;
      tries = 0;
      const env: Record<string, string> = server === undefined ? {} : { REDIS_URL: server.url };
      const app = new Vivace({
        controllers: [Shop],
        extensions: [shop, redis({ prefix: `locks-${Math.random()}`, timeouts: PATIENT })],
      });
      client = await testClient(app, { overrides: [fresh.override], env });
      await client.post('/', { params: { left: 100 } });
    });
    afterEach(async () => {
      await client.close();
      await fresh[Symbol.asyncDispose]();
    });
    afterAll(() => server?.[Symbol.asyncDispose]());
    const left = async () => (await client.get('/left')).json<number>();
    const status = async (path: string, params = {}) =>
      (await client.post(path, { params })).status;

    it('is free when the next holder sees what was written under it', async () => {
      const all = Array.from({ length: 25 }, () => status('/order'));
      expect(new Set(await Promise.all(all))).toEqual(new Set([200]));
      expect(await left()).toBe(75);
    });

    it('is free at the end of the request, also where that is taken back', async () => {
      const seen: number[] = [];
      elsewhere = async () => void seen.push(await status('/free'));
      expect(await status('/order')).toBe(200);
      expect(await status('/order', { fails: true })).toBe(409);
      expect([...seen, await status('/free')]).toEqual([503, 503, 200]);
      expect(await left()).toBe(99);
    });

    it('is free at once where nothing was changed', async () => {
      for (let time = 0; time < 3; time += 1) expect(await status('/free')).toBe(200);
    });

    it('may be taken again by the request that has it, and by its next run', async () => {
      expect(await status('/twice')).toBe(200);
      expect(await status('/again')).toBe(200);
      expect(await left()).toBe(97);
      expect(await status('/free')).toBe(200);
    });

    it('is free with each transaction of a socket', async () => {
      const socket = await client.websocket('/socket');
      for (const how of ['keep', 'fail', 'keep']) {
        await socket.send(how);
        await socket.receive();
        expect(await status('/free')).toBe(200);
      }
      await socket.close();
      expect(await left()).toBe(98);
    });
  });
});
