import { randomUUID } from 'node:crypto';
import type { OpenRedis } from '../client/open-redis';
import { Script } from '../client/script';
import type { Entry, Keeper, Kept, Turn } from './keeper';

/** Milliseconds after which a maker is taken for dead. */
const TURN = 10_000;
/** Milliseconds for which a generation is there at least: no maker takes longer. */
const GENERATION = 3_600_000;

/** KEYS: the turn, generations. ARGV: who asks, how long the turn is, a new generation, how long that is there. */
const BEGIN = new Script(`
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
local generations = {}
for i = 2, #KEYS do
  local generation = redis.call('GET', KEYS[i])
  if not generation then
    generation = ARGV[3]
    redis.call('SET', KEYS[i], generation, 'PX', ARGV[4])
  elseif redis.call('PTTL', KEYS[i]) < tonumber(ARGV[4]) then
    redis.call('PEXPIRE', KEYS[i], ARGV[4])
  end
  generations[i - 1] = generation
end
return generations`);

/** KEYS: the turn, the value, generations. ARGV: whose turn, the text, how long it is kept, the generations when it began. */
const KEEP = new Script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
for i = 3, #KEYS do
  local left = redis.call('PTTL', KEYS[i])
  if redis.call('GET', KEYS[i]) ~= ARGV[i + 1] then return 0 end
  if left < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1`);

const END = new Script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/** Keeps the values of a cache in Redis, each with the generations in which it was begun before it. */
export class RedisKeeper implements Keeper {
  readonly #client: OpenRedis['client'];

  constructor({ client }: Pick<OpenRedis, 'client'>) {
    this.#client = client;
  }

  async read(entry: Entry): Promise<Kept | undefined> {
    const value = valueOf(entry);
    const asked = this.#client.mget(value, ...generationsOf(entry));
    const left = entry.stale === 0 ? undefined : this.#client.pttl(value);
    const [[kept, ...generations], milliseconds = Infinity] =
      left === undefined ? [await asked] : await Promise.all([asked, left]);
    if (kept === null || kept === undefined) return undefined;
    const current = generations.join(' ');
    if (kept[current.length] !== '\n' || !kept.startsWith(current)) return undefined;
    return { text: kept.slice(current.length + 1), fresh: milliseconds > entry.stale };
  }

  async begin(entry: Entry): Promise<Turn | undefined> {
    const turn = turnOf(entry.key);
    const generationKeys = generationsOf(entry);
    const mine = randomUUID();
    const begun = (await BEGIN.run(
      this.#client,
      [turn, ...generationKeys],
      [mine, TURN, mine, GENERATION],
    )) as readonly string[] | null;
    if (begun === null) return undefined;
    return {
      keep: async (text, milliseconds) => {
        await KEEP.run(
          this.#client,
          [turn, valueOf(entry), ...generationKeys],
          [mine, `${begun.join(' ')}\n${text}`, Math.ceil(milliseconds), ...begun],
        );
      },
      end: async () => {
        await END.run(this.#client, [turn], [mine]);
      },
    };
  }

  async forget({
    keys = [],
    tags = [],
  }: {
    readonly keys?: readonly string[];
    readonly tags?: readonly string[];
  }): Promise<void> {
    const forgotten = [...keys.flatMap((key) => [ofKey(key), turnOf(key)]), ...tags.map(ofTag)];
    if (forgotten.length > 0) await this.#client.unlink(...forgotten);
  }
}

const ofKey = (key: string): string => `cache:generation:key:${key}`;
const ofTag = (tag: string): string => `cache:generation:tag:${tag}`;
const turnOf = (key: string): string => `cache:turn:${key}`;
const valueOf = ({ type, key }: Entry): string => `cache:value:${type}:${key}`;
const generationsOf = ({ key, tags }: Entry): string[] => [ofKey(key), ...tags.map(ofTag)];
