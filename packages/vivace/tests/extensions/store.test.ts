import {
  Controller,
  dependency,
  Get,
  Post,
  Rooms,
  Vivace,
  WebSocket,
  WebSocketRoute,
} from 'vivace';
import type { Extension } from 'vivace/extend';
import {
  cache,
  idempotency,
  memoryStore,
  rateLimit,
  WebSession,
  sessions,
  type Store,
} from 'vivace/middleware';
import { MemoryRooms } from '../../src/websocket/rooms';
import { testClient } from 'vivace/testing';

/** A store that all processes see, and the keys that it was asked for. */
function sharedStore() {
  const keys: string[] = [];
  const memory = memoryStore();
  const noted = (key: string): string => {
    keys.push(key.split(':')[0]!);
    return key;
  };
  const noting: Store = {
    shared: true,
    get: (key) => memory.get(noted(key)),
    set: (key, ...value) => memory.set(noted(key), ...value),
    replace: (key, ...value) => memory.replace(noted(key), ...value),
    setIfAbsent: (key, ...value) => memory.setIfAbsent(noted(key), ...value),
    delete: (key) => memory.delete(noted(key)),
    increment: (key, ...value) => memory.increment(noted(key), ...value),
  };
  return { store: noting, keys };
}
const redis = (store: Store): Extension => ({
  name: 'redis',
  store: dependency(() => store, { lifetime: 'singleton', name: 'store' }),
});
const secret = 'b'.repeat(16) + 'a1b2c3d4e5f6g7h8';

@Controller()
class Prices {
  #made = 0;
  @Get('/price', { middleware: [cache({ seconds: 10 }), rateLimit({ limit: 2, seconds: 10 })] })
  price(): number {
    return (this.#made += 1);
  }
  @Post('/order', { middleware: [idempotency({ key: () => 'ann' })] })
  order(): number {
    return (this.#made += 1);
  }
}
@Controller()
class Visits {
  @Get('/visit')
  visit(session: WebSession<{ count: number }>): number {
    return (session.data.count = (session.data.count ?? 0) + 1);
  }
}

describe('the store of an extension', () => {
  it('is that of middleware that names none', async () => {
    const { store, keys } = sharedStore();
    const app = new Vivace({ controllers: [Prices], extensions: [redis(store)] });
    await using client = await testClient(app);
    await client.get('/price');
    await client.post('/order', { headers: { 'idempotency-key': 'k1' } });
    expect([...new Set(keys)].toSorted()).toEqual(['cache', 'idempotency', 'rate']);
    const other = await testClient(app);
    await other.get('/price');
    expect((await client.get('/price')).status).toBe(429);
    await other.close();
  });

  it('keeps sessions only where they say so', async () => {
    const { store, keys } = sharedStore();
    for (const kept of [{}, { store: true }] as const) {
      const app = new Vivace({
        controllers: [Visits],
        middleware: [sessions({ secret, ...kept })],
        extensions: [redis(store)],
      });
      await using client = await testClient(app);
      expect((await client.get('/visit')).json()).toBe(1);
      expect((await client.get('/visit')).json()).toBe(2);
      expect(keys.includes('session')).toBe('store' in kept);
    }
  });

  it('is that of mounted applications which have none', async () => {
    const { store, keys } = sharedStore();
    const inner = new Vivace({ controllers: [Prices] });
    const app = new Vivace({ extensions: [redis(store)] }).mount('/inner', inner);
    await using client = await testClient(app);
    await client.get('/inner/price');
    expect(keys).toContain('rate');
  });

  it('lets several processes serve, if all of them see it', async () => {
    const app = (store: Store): Vivace =>
      new Vivace({ controllers: [Prices], extensions: [redis(store)] });
    await using _ = await app(sharedStore().store).build({ workers: 2 });
    await expect(app(memoryStore()).build({ workers: 2 })).rejects.toMatchObject({
      code: 'STORE_IN_CLUSTER',
    });
    await expect(new Vivace({ controllers: [Prices] }).build({ workers: 2 })).rejects.toThrow(
      'an extension with a store that all of them see, such as redis() of @vivace/redis with a REDIS_URL, or database() of @vivace/sql',
    );
  });

  it('is that of the highest rank where several give one', async () => {
    const [low, high] = [sharedStore(), sharedStore()];
    const ranked = {
      ...redis(high.store),
      name: 'valkey',
      rank: ({ VALKEY }: Readonly<Record<string, string | undefined>>) =>
        VALKEY === undefined ? undefined : 1,
    };
    const app = new Vivace({ controllers: [Prices], extensions: [redis(low.store), ranked] });
    for (const env of [{}, { VALKEY: 'there' }]) {
      await using client = await testClient(app, { env });
      await client.get('/price');
      expect([low.keys.length > 0, high.keys.length > 0]).toEqual([
        !('VALKEY' in env),
        'VALKEY' in env,
      ]);
      low.keys.length = 0;
    }
  });

  it('is one: two extensions that give one are refused', async () => {
    const second = { ...redis(memoryStore()), name: 'valkey' };
    const app = new Vivace({ extensions: [redis(memoryStore()), second] });
    await expect(app.build()).rejects.toThrow("The extension 'redis' gives the store too.");
  });
});

describe('without one', () => {
  it('middleware keeps its data in memory, and sessions too where they want a store', async () => {
    const app = new Vivace({
      controllers: [Prices, Visits],
      middleware: [sessions({ secret, store: true })],
    });
    await using client = await testClient(app);
    const statuses = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await client.get('/price')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await client.get('/visit')).json()).toBe(1);
    expect((await client.get('/visit')).json()).toBe(2);
  });
});

test('rooms of an extension stand for those in memory, also where several processes serve', async () => {
  @Controller()
  class Chat {
    @WebSocketRoute('/chat')
    async chat(socket: WebSocket, rooms: Rooms): Promise<void> {
      await socket.accept();
      await rooms.join('lobby', socket);
      await rooms.broadcast('lobby', rooms.constructor.name);
      await socket.receive();
    }
  }
  class SharedRooms extends MemoryRooms {}
  const rooms = dependency(() => new SharedRooms(), { lifetime: 'singleton', name: 'rooms' });
  const app = new Vivace({ controllers: [Chat], extensions: [{ name: 'redis', rooms }] });
  await using client = await testClient(app);
  await using socket = await client.websocket('/chat');
  expect(await socket.receive()).toBe('SharedRooms');
  await using _ = await app.build({ workers: 2 });
});
