import { Controller, Get, Post, Vivace, type int } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { Channels, redis, Redis } from '@vivace/redis';
import { PATIENT } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

@Controller('/left')
class Left {
  constructor(
    private readonly redis: Redis,
    private readonly channels: Channels,
  ) {}
  @Post('/:product')
  async take(product: int): Promise<(number | boolean | string | null)[]> {
    const { redis } = this;
    const set = await redis.set(`left:${product}`, 3, { seconds: 60, unless: 'exists' });
    const again = await redis.set(`left:${product}`, 9, { forever: true, unless: 'exists' });
    const left = await redis.decr(`left:${product}`);
    const keys: string[] = [];
    for await (const key of redis.scan('left:*')) keys.push(key);
    return [set, again, left, ...keys, (await redis.ttl(`left:${product}`)) > 0];
  }
  @Post('/queue/:product')
  async queue(product: int): Promise<(string | null)[]> {
    const own = this.redis.duplicate();
    const waiting = own.brpop('queue', 0);
    await this.redis.lpush('queue', String(product));
    await this.redis.xadd('log', '*', 'product', String(product));
    const read = await own.xread('BLOCK', 0, 'STREAMS', 'log', '0');
    own.disconnect();
    return [(await waiting)![1], read![0]![1][0]![1]!.join('=')];
  }
  @Post('/blocked')
  async blocked(): Promise<string> {
    const said = await this.redis.brpop('queue', 1).catch((error: Error) => error.message);
    return String(said);
  }
  @Get('/none')
  none(): string[] {
    return [typeof Reflect.get(this.redis, 'keys'), typeof this.channels.publish];
  }
}

describeWithRedis('the client that is injected', () => {
  const extension = redis({ prefix: `client-${process.pid}`, timeouts: PATIENT });
  const app = new Vivace({ controllers: [Left], extensions: [extension], logger: false });
  let server: RedisServer;
  let client: TestClient;
  beforeAll(async () => {
    server = await RedisServer.start();
    client = await testClient(app, { env: { REDIS_URL: server.url } });
  });
  afterAll(async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
  });

  it('is a boot error without an address, with what to write', async () => {
    await expect(app.build({ env: {} })).rejects.toThrow(
      '[REDIS_URL_MISSING] redis(): The client of Redis is injected, and there is no address.\n  Write instead: REDIS_URL=redis://127.0.0.1:6379',
    );
  });

  it('has the prefix, an end for what it keeps, and no KEYS', async () => {
    expect((await client.post('/left/7')).json()).toEqual([true, false, 2, 'left:7', true]);
    expect((await client.get('/left/none')).json()).toEqual(['undefined', 'function']);
  });

  it('reads lists and streams on a connection of their own', async () => {
    expect((await client.post('/left/queue/7')).json()).toEqual(['7', 'product=7']);
    expect((await client.post('/left/blocked')).json()).toMatch(/redis\.duplicate\(\)/);
  });
});
