export { Cache, type CacheFor } from './cache/cache';
export { Cached, type CachedOptions } from './cache/cached';
export { Channels, type Heard, type Subscription } from './channels/channels';
export { Redis, type SetOptions } from './client/redis';
export { RedisDown } from './client/redis-down';
export { Locks, LockTaken, type Lock } from './locks/locks';
export { redis } from './redis';
export { SharedStore } from './store/shared-store';
export type { RedisSettings } from './settings';
