import { Controller, Get, Post, Rooms, Vivace, WebSocket, WebSocketRoute, type int } from 'vivace';
import { rateLimit, sessions, WebSession } from 'vivace/middleware';
import type { TestClient } from 'vivace/testing';
import { Cache, Channels, Locks, type RedisSettings } from '@vivace/redis';
import type { RedisBootError } from '../src/boot-error';
import { redisWithin } from '../src/redis';

let made = 0;

@Controller()
class Shop {
  constructor(
    private readonly cache: Cache,
    private readonly locks: Locks,
    private readonly channels: Channels,
    private readonly rooms: Rooms,
  ) {}
  @Get('/made')
  made(): Promise<number> {
    return this.cache.of(Number, 'made', { seconds: 60 }, async () => (made += 1));
  }
  @Get('/limited', { middleware: [rateLimit({ limit: 1, seconds: 60 })] })
  limited(): void {}
  @Get('/strict', {
    middleware: [rateLimit({ limit: 1000, seconds: 60, whenStoreFails: 'refuse' })],
  })
  strict(): void {}
  @Get('/visits')
  visits(session: WebSession<{ count: number }>): number {
    return (session.data.count = (session.data.count ?? 0) + 1);
  }
  @Post('/locked')
  async locked(): Promise<void> {
    await using _ = await this.locks.acquire('shop', { seconds: 10 });
  }
  @Post('/news')
  async news(): Promise<void> {
    await this.channels.publish('news', { id: 1 as int });
  }
  @WebSocketRoute('/feed')
  async feed(socket: WebSocket): Promise<void> {
    await this.rooms.join('orders', socket);
    await socket.send('joined');
    for await (const text of socket.messages()) await this.rooms.broadcast('orders', text);
  }
}

export const COMMAND = 100;
const secret = 'b'.repeat(16) + 'a1b2c3d4e5f6g7h8';
let applications = 0;

export function application(
  settings: RedisSettings = {},
  giveUp?: (error: RedisBootError) => void,
) {
  const extension = redisWithin(
    {
      prefix: `failure-${process.pid}-${(applications += 1)}`,
      timeouts: { connect: 200, command: COMMAND },
      ...settings,
    },
    { patience: giveUp === undefined ? 3_600_000 : 200, giveUp },
  );
  const app = new Vivace({ controllers: [Shop], extensions: [extension], logger: false });
  app.use(sessions({ secret, store: true }));
  return app;
}
export const readiness = async (client: TestClient) => (await client.get('/readyz')).status;
export const isReady = (client: TestClient) => async () => (await readiness(client)) === 200;

/** What an application answers while Redis is away. */
export async function answersWithout(client: TestClient): Promise<void> {
  const made = (await client.get('/made')).json<number>();
  expect((await client.get('/made')).json()).toBe(made + 1);
  for (let asked = 0; asked < 2; asked += 1)
    expect((await client.get('/limited')).status).toBe(200);
  for (const [method, path] of [
    ['get', '/strict'],
    ['get', '/visits'],
    ['post', '/locked'],
    ['post', '/news'],
  ] as const) {
    const { status, headers } = await client[method](path);
    expect([path, status, headers.get('retry-after')]).toEqual([path, 503, '1']);
  }
  expect(await readiness(client)).toBe(503);
}
