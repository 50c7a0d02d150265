import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Controller, Get, Vivace } from 'vivace';
import { rateLimit } from 'vivace/middleware';
import { testClient } from 'vivace/testing';
import { LockTaken, redis, RedisDown } from '@vivace/redis';
import type { RedisBootError } from '../src/boot-error';
import { RedisLocks } from '../src/locks/redis-locks';
import { redisWithin } from '../src/redis';
import { answersWithout, application, COMMAND, isReady, readiness } from './failing-shop';
import { opened, PATIENT } from './opened';
import { describeWithRedis, freePort, RedisServer, until } from './redis-server';

/** A server that takes connections and never says a word. */
async function blackHole() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describeWithRedis('at the start', () => {
  it('a program without its Redis starts, answers, and is ready when that comes', async () => {
    const server = await RedisServer.start();
    await server.kill();
    await using client = await testClient(application({ url: server.url }));
    await answersWithout(client);
    await using _ = server;
    await server.start();
    await until(isReady(client));
    expect((await client.get('/visits')).json()).toBe(1);
    expect((await client.get('/limited')).status).toBe(200);
    expect((await client.get('/limited')).status).toBe(429);
  });

  it('where it does not come in time, the program ends with the reason; without the password', async () => {
    const { promise, resolve } = Promise.withResolvers<RedisBootError>();
    const port = await freePort();
    await using _ = await testClient(
      application({ url: `redis://ann:secret@127.0.0.1:${port}` }, resolve),
    );
    const { message } = await promise;
    expect(message).toContain(
      `[REDIS_UNREACHABLE] redis://127.0.0.1:${port}: It was not reached in the first 30 seconds: connect ECONNREFUSED`,
    );
    expect(message).not.toContain('secret');
  });

  it('a program that does without is ready, and goes on', async () => {
    const failures: RedisBootError[] = [];
    const url = `redis://127.0.0.1:${await freePort()}`;
    const app = application({ url, optional: true }, (error) => failures.push(error));
    await using client = await testClient(app);
    await using late = await testClient(application({ url }, (error) => failures.push(error)));
    await until(() => failures.length > 0);
    expect(await readiness(client)).toBe(200);
    expect(await readiness(late)).toBe(503);
    expect(failures).toHaveLength(1);
  });

  it('an address that takes connections and says nothing is one that is away', async () => {
    await using hole = await blackHole();
    await using client = await testClient(application({ url: hole.url }));
    await answersWithout(client);
  });

  it.each([
    'http://localhost',
    'redis:',
    'redis://localhost/x',
    'redis://localhost/-1',
    'redis://localhost?db=3',
    'redis://localhost#0',
    'localhost',
  ])('what is no address is a boot error: %s', async (url) => {
    await expect(application({ url }).build()).rejects.toThrow(
      `[REDIS_URL_INVALID] redis(): '${url}' is no address of Redis.`,
    );
  });

  it.each([
    'redis://:100%@localhost',
    'redis+sentinel://:100%@localhost/one',
    'redis+cluster://:100%@localhost',
  ])('a password that is not encoded is a boot error, which does not show it: %s', async (url) => {
    await expect(application({ url }).build()).rejects.toThrow(
      `[REDIS_URL_INVALID] redis(): '${url.replace(':100%@', '')}' is no address of Redis.`,
    );
  });

  it.each([
    [{ command: NaN }, 'command'],
    [{ command: 0 }, 'command'],
    [{ connect: -1 }, 'connect'],
  ])('times that are none are a boot error: %j', async (timeouts, name) => {
    await expect(application({ url: 'redis://localhost', timeouts }).build()).rejects.toThrow(
      `[OPTION_NUMBER] redis.timeouts(${name})`,
    );
  });
});

describeWithRedis('later', () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await RedisServer.start();
  });
  afterEach(() => server[Symbol.asyncDispose]());

  it('a server that is killed and started anew: each part fails as it says, and comes back by itself', async () => {
    const app = application({ url: server.url });
    await using client = await testClient(app);
    await using other = await testClient(app);
    expect(await readiness(client)).toBe(200);
    await using ann = await client.websocket('/feed');
    await using bob = await other.websocket('/feed');
    for (const one of [ann, bob]) expect(await one.receive()).toBe('joined');
    await server.kill();
    await until(async () => (await readiness(client)) === 503);
    await answersWithout(client);
    await ann.send('only here');
    expect(await ann.receive()).toBe('only here');
    await server.start();
    await until(isReady(client));
    await until(isReady(other));
    expect((await client.post('/locked')).status).toBe(200);
    const visit = await client.get('/visits');
    expect(visit.json()).toBe(1);
    // Subscribed again: until then what is sent is missed.
    let heard: unknown;
    const hearing = bob.receive().then((text) => (heard = text));
    await until(async () => {
      await ann.send('for both');
      await ann.receive();
      return heard !== undefined;
    });
    expect(await hearing).toBe('for both');
  });

  it('a server that is frozen: five commands wait, the others fail at once, and one a second asks again', async () => {
    await using redis = await opened(server.url, {
      timeouts: { connect: 10_000, command: COMMAND },
    });
    const { client } = redis;
    await client.set('there', '1');
    server.freeze();
    const reason = () => client.get('there').catch((error: RedisDown) => error.message);
    const [late, refused] = ['Command timed out', 'it failed five times in a row'];
    for (let asked = 0; asked < 5; asked += 1) expect(await reason()).toContain(late);
    await until(async () => (await reason())!.includes(refused));
    await expect(client.get('there')).rejects.toBeInstanceOf(RedisDown);
    // The one that asks again still finds nobody.
    await until(async () => (await reason())!.includes(late));
    await until(async () => (await reason())!.includes(refused));
    server.thaw();
    await until(async () => (await client.get('there').catch(() => undefined)) === '1');
  });

  it('an application whose server is frozen answers each request, and when it thaws the next command works', async () => {
    await using client = await testClient(application({ url: server.url }));
    await client.get('/made');
    server.freeze();
    await answersWithout(client);
    server.thaw();
    await until(isReady(client));
    expect((await client.get('/visits')).json()).toBe(1);
  });

  it('mistakes of the program open no circuit', async () => {
    await using redis = await opened(server.url);
    await redis.client.set('text', 'no list');
    for (let asked = 0; asked < 8; asked += 1)
      await expect(redis.client.lpop('text')).rejects.toThrow('WRONGTYPE');
    expect(await redis.client.get('text')).toBe('no list');
  });

  it('what was sent when the connection broke fails, and is not sent again', async () => {
    await using redis = await opened(server.url);
    const { client } = redis;
    await using keeper = await opened(server.url, { prefix: 'keeper' });
    server.freeze();
    const counted = client.incr('count');
    const broken = expect(counted).rejects.toBeInstanceOf(RedisDown);
    (client as unknown as { stream: Socket }).stream.destroy();
    await broken;
    server.thaw();
    await until(() => client.status === 'ready');
    expect(Number(await client.get('count'))).toBeLessThanOrEqual(1);
    expect(await keeper.client.ping()).toBe('PONG');
  });

  it('locks that are held are lost with the server, and given back in silence', async () => {
    await using redis = await opened(server.url);
    const locks = new RedisLocks(redis.client);
    const lock = await locks.acquire('a', { seconds: 3600 });
    await server.kill();
    if (!lock.signal.aborted) await once(lock.signal, 'abort');
    expect(lock.signal.reason).toBeInstanceOf(LockTaken);
    await lock[Symbol.asyncDispose]();
    await expect(locks.acquire('a', { seconds: 1 })).rejects.toBeInstanceOf(RedisDown);
    await server.start();
    await until(() => redis.client.status === 'ready');
    const next = await locks.acquire('a', { seconds: 60 });
    expect(next.token).toBeGreaterThan(lock.token);
    await next[Symbol.asyncDispose]();
  });

  it('a replica is a server that is away: nothing is written, and the connection is made anew', async () => {
    await using redis = await opened(server.url);
    const { client } = redis;
    await using admin = await opened(server.url);
    await admin.client.call('replicaof', '127.0.0.1', `${await freePort()}`);
    await expect(client.set('a', '1')).rejects.toBeInstanceOf(RedisDown);
    await admin.client.call('replicaof', 'no', 'one');
    await until(async () => (await client.set('a', '1').catch(() => '')) === 'OK');
  });
});

describeWithRedis('a limit', () => {
  it('of 100 lets exactly 100 of 1,000 requests at the same time through, and its key has an end', async () => {
    await using server = await RedisServer.start();
    @Controller()
    class Busy {
      @Get('/', { middleware: [rateLimit({ limit: 100, seconds: 600, name: 'busy' })] })
      busy(): void {}
    }
    const prefix = 'limit';
    const extension = redisWithin(
      { url: server.url, prefix, timeouts: PATIENT },
      { patience: 60_000 },
    );
    const app = new Vivace({ controllers: [Busy], extensions: [extension], logger: false });
    await using first = await testClient(app);
    await using second = await testClient(app);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => [first, second][index % 2]!.get('/')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(900);
    await using redis = await opened(server.url, { prefix });
    const ends = [];
    for (const key of await redis.client.keys(`${prefix}:*`))
      ends.push(await redis.client.pttl(key.slice(prefix.length + 1)));
    expect(ends.length).toBeGreaterThan(0);
    expect(ends.every((end) => end > 0)).toBe(true);
  });
});
