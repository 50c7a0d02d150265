import {
  Controller,
  dependency,
  Get,
  Injectable,
  Post,
  Rooms,
  Vivace,
  WebSocket,
  WebSocketRoute,
  type int,
} from 'vivace';
import { rateLimit, sessions, WebSession } from 'vivace/middleware';
import { revokeToken } from 'vivace/security';
import { testClient } from 'vivace/testing';
import { Cache, Cached, Locks, LockTaken, redis, SharedStore } from '@vivace/redis';
import { PATIENT } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

class Price {
  product!: int;
  cents!: int;
  at!: Date;
}
let made = 0;

@Injectable()
class Prices {
  @Cached({ seconds: 30, key: (product: int) => `price:${product}` })
  async of(product: int): Promise<Price> {
    return { product, cents: (made += 1) as int, at: new Date(0) };
  }
}
@Injectable({ lifetime: 'singleton' })
class Totals {
  constructor(private readonly cache: Cache) {}
  @Cached({ seconds: 30, key: () => 'all' })
  async all(): Promise<int[]> {
    return [(made += 1) as int];
  }
  forget(): Promise<void> {
    return this.cache.forget('all');
  }
}
@Controller('/stock')
class Stock {
  constructor(
    private readonly locks: Locks,
    private readonly prices: Prices,
    private readonly totals: Totals,
    private readonly cache: Cache,
  ) {}
  @Get('/price/:product')
  price(product: int): Promise<Price> {
    return this.prices.of(product);
  }
  @Post('/price/:product/forget')
  async forget(product: int): Promise<Price> {
    await this.cache.forget(`price:${product}`);
    return this.prices.of(product);
  }
  @Get('/totals')
  async all(): Promise<int[]> {
    const [first] = await this.totals.all();
    await this.totals.forget();
    const [second] = await this.totals.all();
    return [first!, second!];
  }
  @Post('/taken')
  async taken(): Promise<void> {
    await using _ = await this.locks.acquire('stock', { seconds: 10 });
    await this.locks.acquire('stock', { seconds: 10 });
  }
  @Get('/limited', { middleware: [rateLimit({ limit: 2, seconds: 60 })] })
  limited(): void {}
  @Get('/visits')
  visits(session: WebSession<{ count: number }>): number {
    return (session.data.count = (session.data.count ?? 0) + 1);
  }
}
@Controller()
class Feed {
  constructor(private readonly rooms: Rooms) {}
  @WebSocketRoute('/feed')
  async feed(socket: WebSocket): Promise<void> {
    await this.rooms.join('orders', socket);
    await socket.send('joined');
    for await (const text of socket.messages()) await this.rooms.broadcast('orders', text);
  }
}
const secret = 'b'.repeat(16) + 'a1b2c3d4e5f6g7h8';
const application = (...controllers: (new (...given: never[]) => object)[]) => {
  const app = new Vivace({
    controllers,
    extensions: [redis({ prefix: `app-${process.pid}-${(made += 1)}`, timeouts: PATIENT })],
    logger: false,
  });
  app.use(sessions({ secret, store: true }));
  return app;
};
beforeEach(() => (made = 0));

describe('without an address', () => {
  const env = {};

  it('a cached method is called once for each key, also one of a singleton', async () => {
    await using client = await testClient(application(Stock), { env });
    for (const [product, cents] of [
      [1, 2],
      [1, 2],
      [2, 3],
    ] as const)
      expect((await client.get(`/stock/price/${product}`)).json()).toEqual({
        product,
        cents,
        at: '1970-01-01T00:00:00Z',
      });
    expect((await client.post('/stock/price/1/forget')).json()).toMatchObject({ cents: 4 });
    const [first, second] = (await client.get('/stock/totals')).json<number[]>();
    expect(second).toBeGreaterThan(first!);
    expect((await new Prices().of(1 as int)).cents).toBeGreaterThan(second!);
  });

  it('a lock that is taken is a 503', async () => {
    await using client = await testClient(application(Stock), { env });
    const { status, headers } = await client.post('/stock/taken');
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(new LockTaken('stock').message).toBe("The lock 'stock' is not to be had.");
  });

  it('several processes start, unless something injects what they would have to share', async () => {
    const app = new Vivace({ controllers: [Feed], extensions: [redis()] });
    await expect(app.build({ env, workers: 2 })).rejects.toThrow('ROOMS_IN_CLUSTER');
    await expect(application(Stock).build({ env, workers: 2 })).rejects.toThrow(
      '[STORE_IN_CLUSTER]',
    );
    const nothing = new Vivace({ extensions: [redis()] });
    await (await nothing.build({ env, workers: 2 })).close();
    @Controller()
    class Cold {
      constructor(readonly prices: Prices) {}
      @Get('/') read(): Promise<Price> {
        return this.prices.of(1 as int);
      }
    }
    const cached = new Vivace({ controllers: [Cold], extensions: [redis()] });
    await expect(cached.build({ env, workers: 2 })).rejects.toThrow(
      '[REDIS_IN_CLUSTER] redis(): Cache is injected and in the memory of this process, but this is one of several processes.',
    );
  });
});

describeWithRedis('with an address', () => {
  let server: RedisServer;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    server = await RedisServer.start();
    env = { REDIS_URL: server.url };
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('two processes share limits, sessions, rooms and what is cached', async () => {
    const app = application(Stock, Feed);
    await using first = await testClient(app, { env });
    await using second = await testClient(app, { env });
    const statuses = [];
    for (const at of [first, second, first]) statuses.push((await at.get('/stock/limited')).status);
    expect(statuses).toEqual([200, 200, 429]);
    const [cookie] = (await first.get('/stock/visits')).headers.getSetCookie();
    const headers = { cookie: cookie!.split(';')[0]! };
    expect((await second.get('/stock/visits', { headers })).json()).toBe(2);
    const prices = [];
    for (const at of [first, second]) prices.push((await at.get('/stock/price/1')).text);
    expect(prices[0]).toBe(prices[1]);
    await using ann = await first.websocket('/feed');
    await using bob = await second.websocket('/feed');
    for (const one of [ann, bob]) expect(await one.receive()).toBe('joined');
    await ann.send('hello');
    expect([await ann.receive(), await bob.receive()]).toEqual(['hello', 'hello']);
  });

  it('a token that was revoked in one process is refused in another', async () => {
    const app = application(Feed);
    await using first = await testClient(app, { env });
    await using second = await testClient(app, { env });
    const claims = { sub: 'ann', jti: 'token-1', exp: Date.now() / 1000 + 3600 };
    const revoke = dependency({ store: SharedStore }, ({ store }) => revokeToken(claims, store));
    const kept = dependency({ store: SharedStore }, ({ store }) => store.get('revoked:token-1'));
    expect(await second.server.run(kept)).toBeUndefined();
    await first.server.run(revoke);
    expect(await second.server.run(kept)).toBe('1');
  });

  it('several workers start, and readiness asks the server', async () => {
    const built = await application(Stock, Feed).build({ env, workers: 2 });
    await built.close();
    await using client = await testClient(application(Stock), { env });
    expect((await client.get('/readyz')).json()).toEqual({ status: 'ok', checks: { redis: 'ok' } });
  });
});
