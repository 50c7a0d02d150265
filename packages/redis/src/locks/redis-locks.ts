import { randomUUID } from 'node:crypto';
import type { Redis as Client } from 'ioredis';
import { Script } from '../client/script';
import { inOneSlot } from '../client/slot';
import { milliseconds } from '../seconds';
import { HeldLock } from './held-lock';
import { Locks, type Lock } from './locks';
import { untilTaken } from './waiting';

/** Milliseconds for which the last number of a lock is known: the clock of a server is set back by less. */
const REMEMBERED = 7 * 86_400_000;

/** The number is the server's time in microseconds, but at least one more than the last: it also grows where the server has forgotten all. */
const ACQUIRE = new Script(`
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local token = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
redis.call('SET', KEYS[2], token, 'PX', ARGV[3])
return token`);

const EXTEND = new Script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`);

const RELEASE = new Script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/** Locks in one Redis. */
export class RedisLocks extends Locks {
  readonly #client: Client;
  readonly #held = new Set<HeldLock>();

  constructor(client: Client) {
    super();
    this.#client = client;
    // A server that is started anew may have forgotten who holds what; one of a cluster is named apart.
    for (const event of ['close', '-node'])
      client.on(event, () => {
        for (const lock of this.#held) lock.lose();
      });
  }

  override acquire(
    name: string,
    { seconds, wait = 0 }: { readonly seconds: number; readonly wait?: number },
  ): Promise<Lock> {
    return untilTaken(name, wait, () => this.#take(name, seconds));
  }

  async #take(name: string, seconds: number): Promise<HeldLock | undefined> {
    const client = this.#client;
    const key = `lock:${inOneSlot(name)}`;
    const mine = randomUUID();
    const begun = performance.now();
    const time = milliseconds('seconds', seconds);
    const token = (await ACQUIRE.run(client, [key, `${key}:token`], [mine, time, REMEMBERED])) as
      string | null;
    if (token === null) return undefined;
    const lock = new HeldLock(
      {
        name,
        token: Number(token),
        extend: async (more) => (await EXTEND.run(client, [key], [mine, more])) === 1,
        release: async () => {
          await RELEASE.run(client, [key], [mine]);
        },
        over: () => void this.#held.delete(lock),
      },
      begun,
      time,
    );
    this.#held.add(lock);
    return lock;
  }
}
