import type { FastifyBaseLogger } from 'fastify';
import { dependency, provide } from 'vivace';
import { reportGauges, type Extension, type Plan } from 'vivace/extend';
import { memoryStore } from 'vivace/middleware';
import { Cache } from './cache/cache';
import { MemoryKeeper } from './cache/memory-keeper';
import { MethodCache } from './cache/method-cache';
import { RedisKeeper } from './cache/redis-keeper';
import { RequestCache } from './cache/request-cache';
import { ServerCache } from './cache/server-cache';
import { Channels } from './channels/channels';
import { MemoryChannels } from './channels/memory-channels';
import { RedisChannels } from './channels/redis-channels';
import { RedisBootError } from './boot-error';
import { openRedis, type OpeningOptions, type OpenRedis } from './client/open-redis';
import { Redis, redisOf } from './client/redis';
import { Locks } from './locks/locks';
import { MemoryLocks } from './locks/memory-locks';
import { RedisLocks } from './locks/redis-locks';
import { RequestLocks, ServerLocks } from './locks/request-locks';
import { RedisRooms } from './rooms/redis-rooms';
import { checkTimeouts, settingsOf, urlOf, type RedisSettings } from './settings';
import { RedisStore } from './store/redis-store';
import { SharedStore } from './store/shared-store';

/** Milliseconds in which Redis has to be reached. */
const PATIENCE = 30_000;

/**
 * Gives an application a Redis, the one at `REDIS_URL`: the store of all ready-made middleware, rooms
 * across processes, `Cache`, `Locks`, `Channels` and the client. Without an address all but the client
 * is in the memory of the process.
 *
 * @throws RedisBootError at boot
 * @example
 * export const app = new Vivace({ controllers: [Products], extensions: [redis()] });
 */
export function redis(settings: RedisSettings = {}): Extension {
  return redisWithin(settings, { patience: PATIENCE });
}

/** @param within how long Redis is waited for, and what happens then: for tests */
export function redisWithin(said: RedisSettings, within: Omit<OpeningOptions, 'log'>): Extension {
  const settings = settingsOf(said);
  const context: { plan?: Plan; log?: FastifyBaseLogger } = {};
  const log = (): FastifyBaseLogger | undefined => context.log;
  const opened = dependency(
    async function* (): AsyncGenerator<OpenRedis | undefined> {
      const url = urlOf(said, context.plan!.env);
      if (url === undefined) return yield undefined;
      await using redis = await openRedis(url, settings, { ...within, log });
      yield redis;
    },
    { lifetime: 'singleton', name: 'redis' },
  );
  /** Something that is in Redis, or in memory where one process is all there is. */
  const shared = <T>(name: string, inRedis: (redis: OpenRedis) => T, inMemory: () => T) =>
    dependency(
      { opened },
      ({ opened: redis }): T => {
        if (redis !== undefined) return inRedis(redis);
        if (isOneOfSeveral(context.plan!)) throw inCluster(name);
        return inMemory();
      },
      { lifetime: 'singleton', name },
    );
  const kept = shared(
    'Cache',
    (redis) => new ServerCache(new RedisKeeper(redis), log),
    () => new ServerCache(new MemoryKeeper(), log),
  );
  const cache = dependency(
    { kept },
    function* ({ kept: made }): Generator<ServerCache> {
      using _ = reportGauges(() => made.gauges());
      yield made;
    },
    { lifetime: 'singleton', name: 'numbers of the cache' },
  );
  const locks = shared(
    'Locks',
    (redis): ServerLocks => new RedisLocks(redis.client),
    () => new MemoryLocks(),
  );
  const channels = shared(
    'Channels',
    (redis): Channels => new RedisChannels(redis),
    () => new MemoryChannels(log),
  );
  const client = dependency({ opened }, ({ opened: redis }) => redisOf(reached(redis).client), {
    lifetime: 'singleton',
    name: 'client',
  });
  const store = shared(
    'SharedStore',
    (redis): SharedStore => new RedisStore(redis.client),
    () => memoryStore(),
  );
  const rooms = dependency({ opened }, ({ opened: redis }) => new RedisRooms(reached(redis)), {
    lifetime: 'singleton',
    name: 'rooms',
  });
  return {
    name: 'redis',
    singletons: [opened],
    provide: [
      provide(Redis, client),
      provide(ServerCache, cache),
      provide(Cache, RequestCache, { singletons: cache }),
      provide(MethodCache, RequestCache, { singletons: cache }),
      provide(SharedStore, store),
      provide(ServerLocks, locks),
      provide(Locks, RequestLocks, { singletons: locks }),
      provide(Channels, channels),
    ],
    store,
    rooms,
    rank: (env) => (urlOf(said, env) === undefined ? undefined : 1),
    health: { redis: dependency({ opened }, ({ opened: redis }) => answers(redis)) },
    check: (plan) => {
      checkTimeouts(settings);
      context.plan = plan;
    },
    plugin: (fastify) => void (context.log = fastify.log),
  };
}

/** Whether there are other processes, which serve or work too. */
function isOneOfSeveral({ workers, http, work }: Plan): boolean {
  return workers > 1 || !(http && work);
}

/** Redis that nobody has to have does not keep the program from being ready. */
async function answers(redis: OpenRedis | undefined): Promise<void> {
  if (redis?.settings.optional === false) await redis.client.ping();
}

function reached(redis: OpenRedis | undefined): OpenRedis {
  if (redis !== undefined) return redis;
  throw new RedisBootError(
    'REDIS_URL_MISSING',
    { member: 'redis()' },
    'The client of Redis is injected, and there is no address.',
    'REDIS_URL=redis://127.0.0.1:6379; or Cache, Locks and Channels, which are also in memory',
  );
}

function inCluster(name: string): RedisBootError {
  return new RedisBootError(
    'REDIS_IN_CLUSTER',
    { member: 'redis()' },
    `${name} is injected and in the memory of this process, but this is one of several processes.`,
    'REDIS_URL=redis://127.0.0.1:6379, or one process',
  );
}
