import { BootError } from 'vivace/extend';

/** Every error of this package that a program can meet before it listens; `docs/redis-errors.md` shows each with its cure. */
export const REDIS_BOOT_ERRORS = {
  REDIS_URL_MISSING: 'Something needs Redis itself, and nothing says where it is.',
  REDIS_URL_INVALID: 'The address of Redis is not one.',
  REDIS_UNREACHABLE: 'Redis was not reached in the first 30 seconds.',
  REDIS_IN_CLUSTER: 'What several processes would have to share is in the memory of each.',
  CACHED_ROUTE: 'A method that answers requests is marked with @Cached.',
  CACHED_TYPE: 'Nothing says what a cached method gives.',
  CACHED_USER: 'What a cached method gives may be of one user, and its key does not name the user.',
} as const satisfies Readonly<Record<string, string>>;

export type RedisBootErrorCode = keyof typeof REDIS_BOOT_ERRORS;

/** What is wrong with a program and its Redis, found before it listens, or soon after. */
export class RedisBootError extends BootError<RedisBootErrorCode> {}
