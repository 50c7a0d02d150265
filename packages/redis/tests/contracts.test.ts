import { memoryStore } from 'vivace/middleware';
import { roomsContract, storeContract } from 'vivace/testing';
import { cacheContract, channelsContract, lockContract } from '@vivace/redis/testing';
import { MemoryKeeper } from '../src/cache/memory-keeper';
import { RedisKeeper } from '../src/cache/redis-keeper';
import { ServerCache } from '../src/cache/server-cache';
import { MemoryChannels } from '../src/channels/memory-channels';
import { RedisChannels } from '../src/channels/redis-channels';
import type { OpenRedis } from '../src/client/open-redis';
import { MemoryLocks } from '../src/locks/memory-locks';
import { RedisLocks } from '../src/locks/redis-locks';
import { RedisRooms } from '../src/rooms/redis-rooms';
import { RedisStore } from '../src/store/redis-store';
import { opened } from './opened';
import { describeWithRedis, RedisServer } from './redis-server';

const quiet = () => undefined;

describe('in memory', () => {
  test.each([
    ...Object.entries(storeContract(() => memoryStore())),
    ...Object.entries(cacheContract(() => new ServerCache(new MemoryKeeper(), quiet))),
    ...Object.entries(lockContract(() => new MemoryLocks())),
    ...Object.entries(channelsContract(() => new MemoryChannels(quiet))),
  ])('%s', async (_, check) => check());
});

describeWithRedis('in Redis', () => {
  let server: RedisServer;
  const open: AsyncDisposable[] = [];
  const create =
    <T>(make: (redis: OpenRedis) => T) =>
    async () => {
      const redis = await opened(server.url);
      open.push(redis);
      return make(redis);
    };
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
  });
  afterAll(() => server[Symbol.asyncDispose]());

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
