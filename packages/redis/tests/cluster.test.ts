import type { Cluster } from 'ioredis';
import { roomsContract, storeContract } from 'vivace/testing';
import { cacheContract, channelsContract, lockContract } from '@vivace/redis/testing';
import { RedisKeeper } from '../src/cache/redis-keeper';
import { ServerCache } from '../src/cache/server-cache';
import { RedisChannels } from '../src/channels/redis-channels';
import { addressOf, clusterOf } from '../src/client/address';
import type { OpenRedis } from '../src/client/open-redis';
import { redisOf } from '../src/client/redis';
import { RedisDown } from '../src/client/redis-down';
import { RedisLocks } from '../src/locks/redis-locks';
import { RedisRooms } from '../src/rooms/redis-rooms';
import { RedisStore } from '../src/store/redis-store';
import { opened } from './opened';
import { RedisCluster } from './redis-cluster';
import { describeWithRedis, until } from './redis-server';

const quiet = () => undefined;

test('the address of a cluster names some of its servers', () => {
  expect(clusterOf('redis+cluster://one,[::1]:7001')).toEqual({
    nodes: [
      { host: 'one', port: 6379 },
      { host: '::1', port: 7001 },
    ],
    options: {},
  });
  expect(clusterOf('rediss+cluster://ann:s%3Ac@one/')).toEqual({
    nodes: [{ host: 'one', port: 6379 }],
    options: { username: 'ann', password: 's:c', tls: {} },
  });
  expect(clusterOf('redis://one')).toBeUndefined();
  // A cluster has no databases.
  expect(() => addressOf('redis+cluster://one/2')).toThrow('REDIS_URL_INVALID');
});

describeWithRedis('in a cluster', () => {
  let cluster: RedisCluster;
  const open: AsyncDisposable[] = [];
  const create =
    <T>(make: (redis: OpenRedis) => T) =>
    async () => {
      const redis = await opened(cluster.url);
      open.push(redis);
      return make(redis);
    };
  beforeAll(async () => {
    cluster = await RedisCluster.start();
  }, 60_000);
  afterEach(async () => {
    for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('has all keys, wherever they are', async () => {
    await using redis = await opened(cluster.url);
    const client = redisOf(redis.client);
    const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);
    for (const key of keys) await client.set(key, key, { forever: true });
    const found: string[] = [];
    for await (const key of client.scan('key-*')) found.push(key);
    expect(found.toSorted()).toEqual(keys.toSorted());
    const servers = await Promise.all(
      (redis.client as unknown as Cluster).nodes('master').map((server) => server.dbsize()),
    );
    expect(servers).toHaveLength(3);
    for (const size of servers) expect(size).toBeGreaterThan(0);
  });

  it('keeps together what belongs together, whatever it is called', async () => {
    await using redis = await opened(cluster.url);
    const locks = new RedisLocks(redis.client);
    const cache = new ServerCache(new RedisKeeper(redis), quiet);
    for (const name of ['', '}', '{', '{}', 'a}b', '{a}{b}', 'é', ' ']) {
      await using lock = await locks.acquire(name, { seconds: 60 });
      expect(lock.signal.aborted).toBe(false);
      const make = async () => `made ${name}`;
      const keeping = { seconds: 60, stale: 60, tags: [`tag ${name}`, 'all'] };
      expect(await cache.of(String, name, keeping, make)).toBe(`made ${name}`);
      const never = () => Promise.reject(new Error('it is kept'));
      expect(await cache.of(String, name, keeping, never)).toBe(`made ${name}`);
    }
  });

  it('fails what is on a server that is gone, and goes on with it when it is back', async () => {
    await using redis = await opened(cluster.url, { timeouts: { connect: 1000, command: 500 } });
    await using other = await opened(cluster.url, { prefix: redis.settings.prefix.slice(0, -1) });
    const store = new RedisStore(redis.client);
    const heard: string[] = [];
    await redis.listener.hear('news', (message) => heard.push(message.toString()));
    const lock = await new RedisLocks(redis.client).acquire('stock', { seconds: 600 });
    const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);
    const setAll = () => Promise.allSettled(keys.map((key) => store.set(key, 'x')));
    expect((await setAll()).every(({ status }) => status === 'fulfilled')).toBe(true);
    for (const server of cluster.servers) {
      await server.kill();
      const failed = (await setAll()).flatMap((one) =>
        one.status === 'rejected' ? [one.reason as unknown] : [],
      );
      expect(failed).not.toEqual([]);
      for (const reason of failed) expect(reason).toBeInstanceOf(RedisDown);
      await server.start();
      await cluster.ready();
      await until(async () => (await setAll()).every(({ status }) => status === 'fulfilled'));
    }
    expect(lock.signal.aborted).toBe(true);
    await until(async () => {
      await other.listener.publish('news', 'again').catch(() => undefined);
      return heard.includes('again');
    });
  }, 60_000);

  test.each([
    ...Object.entries(storeContract(create(({ client }) => new RedisStore(client)))),
    ...Object.entries(roomsContract(create((redis) => new RedisRooms(redis)))),
    ...Object.entries(
      cacheContract(create((redis) => new ServerCache(new RedisKeeper(redis), quiet))),
    ),
    ...Object.entries(lockContract(create(({ client }) => new RedisLocks(client)))),
    ...Object.entries(channelsContract(create((redis) => new RedisChannels(redis)))),
  ])('%s', async (_, check) => check());
});
