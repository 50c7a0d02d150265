import { Controller, Get, HTTPException, Injectable, Post, Rooms, Vivace, type int } from 'vivace';
import { rateLimit } from 'vivace/middleware';
import { testClient, type TestClient } from 'vivace/testing';
import { Client } from 'pg';
import { database, Entity, Id, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { Cache, Cached, redis } from '@vivace/redis';
import { RedisRooms } from '../src/rooms/redis-rooms';
import { opened, PATIENT } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

@Entity()
class Product {
  @Id() id!: int;
  cents!: int;
}
/** What happens in another request before the commit. */
let elsewhere: (() => Promise<void>) | undefined;
const begun: (() => void)[] = [];
const going: Promise<void>[] = [];

@Injectable()
class Totals {
  constructor(private readonly db: Session) {}
  @Cached({ seconds: 60, tags: ['products'], key: () => 'total' })
  async total(): Promise<int> {
    const products = await this.db.find(Product, {});
    return products.reduce((sum, { cents }) => sum + cents, 0) as int;
  }
}

@Controller('/products')
class Products {
  constructor(
    private readonly db: Session,
    private readonly cache: Cache,
    private readonly totals: Totals,
  ) {}
  #read(): Promise<Product> {
    return this.cache.of(Product, 'product', { seconds: 60, tags: ['products'] }, async () => {
      const product = await this.db.get(Product, { cents: { $gte: 0 } });
      begun.shift()?.();
      await going.shift();
      return product;
    });
  }
  async #raise(): Promise<void> {
    const product = await this.db.get(Product, { cents: { $gte: 0 } });
    product.cents = (product.cents + 1) as int;
    await this.db.flush();
  }
  @Post('/')
  async add(): Promise<void> {
    this.db.add(Product, { cents: 1 as int });
  }
  @Get('/')
  read(): Promise<Product> {
    return this.#read();
  }
  @Post('/raise')
  async raise(): Promise<Product> {
    await this.#raise();
    await this.cache.forget('product');
    return this.#read();
  }
  @Post('/raise/and-fail')
  async raiseAndFail(): Promise<void> {
    await this.#raise();
    await this.cache.forgetTag('products');
    await this.#read();
    throw new HTTPException(409);
  }
  @Get('/total')
  total(): Promise<int> {
    return this.totals.total();
  }
  @Post('/total/raise')
  async raiseTotal(fails: boolean): Promise<int[]> {
    const before = await this.totals.total();
    await this.#raise();
    await this.cache.forgetTag('products');
    const own = await this.totals.total();
    await elsewhere?.();
    if (fails) throw new HTTPException(409);
    return [before, own];
  }
  @Get('/forgotten')
  async forgotten(): Promise<void> {
    await this.cache.forget('product');
  }
}
@Controller()
class Busy {
  constructor(private readonly rooms: Rooms) {}
  @Get('/limited', { middleware: [rateLimit({ limit: 2, seconds: 60 })] })
  limited(): string {
    return this.rooms.constructor.name;
  }
}

const shop = database({ entities: [Product] });
const db = testDatabase(shop);
let fresh: Awaited<ReturnType<typeof db.fresh>>;
beforeEach(async () => {
  fresh = await db.fresh();
});
afterEach(() => fresh[Symbol.asyncDispose]());
const cents = async (client: TestClient, path = '/products/') =>
  (await client.get(path)).json<Product>().cents;

describe.each(['memory', 'Redis'])('a cache in %s, beside a database', (place) => {
  (place === 'Redis' ? describeWithRedis : describe)('and a session', () => {
    let server: RedisServer | undefined;
    beforeAll(async () => {
      if (place === 'Redis') server = await RedisServer.start();
    });
    afterAll(() => server?.[Symbol.asyncDispose]());
    const open = async () => {
      const env: Record<string, string> = server === undefined ? {} : { REDIS_URL: server.url };
      const prefix = `database-${Math.random()}`;
      const app = new Vivace({
        controllers: [Products],
        extensions: [shop, redis({ prefix, timeouts: PATIENT })],
      });
      return testClient(app, { overrides: [fresh.override], env });
    };

    it('forgets after the commit, and the request itself sees what it has done', async () => {
      await using client = await open();
      await client.post('/products/');
      expect(await cents(client)).toBe(1);
      expect((await client.post('/products/raise')).json()).toMatchObject({ cents: 2 });
      expect(await cents(client)).toBe(2);
    });

    it('forgets nothing that was rolled back, and keeps nothing of it', async () => {
      await using client = await open();
      await client.post('/products/');
      expect(await cents(client)).toBe(1);
      expect((await client.post('/products/raise/and-fail')).status).toBe(409);
      expect(await cents(client)).toBe(1);
    });

    it('keeps nothing of a maker that began before the commit', async () => {
      await using client = await open();
      await client.post('/products/');
      const start = Promise.withResolvers<void>();
      const go = Promise.withResolvers<void>();
      begun.push(start.resolve);
      going.push(go.promise);
      const old = cents(client);
      await start.promise;
      await client.post('/products/raise');
      go.resolve();
      expect(await old).toBe(1);
      expect(await cents(client)).toBe(2);
    });

    it('makes what a cached method gives of what the request has forgotten, and keeps it from others until the commit', async () => {
      await using client = await open();
      await client.post('/products/');
      const total = async () => (await client.get('/products/total')).json();
      expect(await total()).toBe(1);
      const seen: unknown[] = [];
      elsewhere = async () => void seen.push(await total());
      const raise = (fails: boolean) => client.post('/products/total/raise', { params: { fails } });
      expect((await raise(false)).json()).toEqual([1, 2]);
      expect([...seen, await total()]).toEqual([1, 2]);
      expect((await raise(true)).status).toBe(409);
      expect([...seen, await total()]).toEqual([1, 2, 2]);
      elsewhere = undefined;
    });

    it('forgets in a request that only reads, too', async () => {
      await using client = await open();
      await client.post('/products/');
      const start = Promise.withResolvers<void>();
      expect(await cents(client)).toBe(1);
      begun.push(start.resolve);
      expect((await client.get('/products/forgotten')).status).toBe(200);
      await cents(client);
      await start.promise;
    });
  });
});

describe('the store and the rooms of an application with both', () => {
  const app = new Vivace({
    controllers: [Busy],
    extensions: [redis({ prefix: 'both', timeouts: PATIENT }), shop],
  });

  it('are those of the database without an address, also in several workers', async () => {
    const server = await app.build({ workers: 2, overrides: [fresh.override], env: {} });
    await server.close();
    await using client = await testClient(app, { overrides: [fresh.override], env: {} });
    const room = (await client.get('/limited')).json();
    expect(room).toBe('DatabaseRooms');
    await client.get('/limited');
    expect((await client.get('/limited')).status).toBe(429);
    const connection = new Client(fresh.url);
    await connection.connect();
    const { rows } = await connection.query('select count(*)::int as kept from vivace.volatile');
    await connection.end();
    expect(rows).toEqual([{ kept: 1 }]);
  });

  (describeWithRedis === describe ? it : it.skip)('are those of Redis with one', async () => {
    await using server = await RedisServer.start();
    const env = { REDIS_URL: server.url };
    await using client = await testClient(app, { overrides: [fresh.override], env });
    expect((await client.get('/limited')).json()).toBe(RedisRooms.name);
    await using kept = await opened(server.url, { prefix: 'both' });
    expect(await kept.client.keys('both:store:rate:*')).toHaveLength(1);
  });
});
