import type { Redis as Client } from 'ioredis';
import { keysOf } from './scan';

/** How long a key is kept, and whether only where there is none. */
export type SetOptions = ({ readonly seconds: number } | { readonly forever: true }) & {
  readonly unless?: 'exists';
};

/**
 * The client itself, ioredis, injected by its type; keys have the prefix. It has no `keys`, which would
 * hold up the server. What waits on the server (`brpop`, `xread` with BLOCK) needs a connection of its own: `redis.duplicate()`.
 *
 * @example
 * constructor(private readonly redis: Redis) {}
 * await this.redis.set('greeting', 'hello', { seconds: 60 });
 */
// The class is what is injected, and the interface says that it is the client.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export abstract class Redis {
  /**
   * Keeps a value.
   *
   * @param options.seconds how long, or `forever: true`
   * @param options.unless `exists` keeps nothing where the key has a value
   * @returns whether it is kept
   * @throws RedisDown
   */
  abstract set(
    key: string,
    value: string | number | Uint8Array,
    options: SetOptions,
  ): Promise<boolean>;
  /**
   * The keys that fit a pattern, without the prefix; what comes and goes meanwhile may be missed or given twice.
   *
   * @example for await (const key of redis.scan('left:*')) await redis.unlink(key);
   */
  abstract scan(pattern: string): AsyncIterable<string>;
}
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface Redis extends Omit<Client, 'keys' | 'scan' | 'set'> {}

/** A client as programs see it. */
export function redisOf(client: Client): Redis {
  const own: Pick<Redis, 'set' | 'scan'> & { readonly keys: undefined } = {
    keys: undefined,
    scan: (pattern) => keysOf(client, pattern),
    async set(key, value, options) {
      const end = 'seconds' in options ? ['PX', Math.ceil(options.seconds * 1000)] : [];
      const unless = options.unless === 'exists' ? ['NX'] : [];
      const text = typeof value === 'object' ? Buffer.from(value) : value;
      return (await client.call('set', [key, text, ...end, ...unless])) !== null;
    },
  };
  const bound = new Map<PropertyKey, unknown>();
  return new Proxy(client, {
    get(target, name) {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
      const known = bound.get(name);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method: unknown = value.bind(target);
      bound.set(name, method);
      return method;
    },
  }) as unknown as Redis;
}
