import { randomUUID } from 'node:crypto';
import type { OpenRedis } from '../client/open-redis';
import { Script } from '../client/script';
import { inOneSlot } from '../client/slot';
import type { Entry, Keeper, Kept, Turn } from './keeper';

/** Milliseconds after which a maker is taken for dead. */
const TURN = 10_000;
/** Milliseconds for which a generation is there at least: no maker takes longer. */
const GENERATION = 3_600_000;

/** Gives the generation of a key or tag, which is there for so long at least. */
const CURRENT = `
local function current(key, new, milliseconds)
  local generation = redis.call('GET', key)
  if not generation then
    redis.call('SET', key, new, 'PX', milliseconds)
    return new
  end
  if redis.call('PTTL', key) < tonumber(milliseconds) then redis.call('PEXPIRE', key, milliseconds) end
  return generation
end`;

/** KEYS: the turn, the generation of the key. ARGV: who asks, how long the turn is, how long a generation is there. */
const BEGIN = new Script(`${CURRENT}
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
return current(KEYS[2], ARGV[1], ARGV[3])`);

/** KEYS: the generation of a tag. ARGV: a new one, how long it is there at least. */
const TAG = new Script(`${CURRENT}
return current(KEYS[1], ARGV[1], ARGV[2])`);

/** KEYS: the turn, the value, the generation of the key. ARGV: whose turn, the text, how long it is kept, the generation when it began. */
const KEEP = new Script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
if redis.call('GET', KEYS[3]) ~= ARGV[4] then return 0 end
if redis.call('PTTL', KEYS[3]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[3], ARGV[3]) end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1`);

const END = new Script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`);

/**
 * Keeps the values of a cache in Redis, each with the generations in which it was begun before it. What
 * belongs to one key is together on one server; tags are where they are, and compared with each read.
 */
export class RedisKeeper implements Keeper {
  readonly #client: OpenRedis['client'];

  constructor({ client }: Pick<OpenRedis, 'client'>) {
    this.#client = client;
  }

  async read(entry: Entry): Promise<Kept | undefined> {
    const { key, tags, stale } = entry;
    const asked = this.#client.mget(valueOf(entry), ofKey(key));
    const [[kept, generation], [left, others]] =
      tags.length === 0 && stale === 0
        ? [await asked, ALONE]
        : await Promise.all([asked, this.#beside(entry)]);
    if (kept === null || kept === undefined) return undefined;
    const current = [generation, ...others].join(' ');
    if (kept[current.length] !== '\n' || !kept.startsWith(current)) return undefined;
    return { text: kept.slice(current.length + 1), fresh: left > stale };
  }

  async begin(entry: Entry): Promise<Turn | undefined> {
    const { key, tags } = entry;
    const turn = turnOf(key);
    const mine = randomUUID();
    const generation = (await BEGIN.run(
      this.#client,
      [turn, ofKey(key)],
      [mine, TURN, GENERATION],
    )) as string | null;
    if (generation === null) return undefined;
    const end = async (): Promise<void> => void (await END.run(this.#client, [turn], [mine]));
    const others = await this.#generations(tags, mine, GENERATION);
    return {
      keep: async (text, milliseconds) => {
        const kept = Math.ceil(milliseconds);
        // A new one where there is none any more: then it was forgotten meanwhile.
        const now = await this.#generations(tags, randomUUID(), kept);
        if (now.some((one, index) => one !== others[index])) return end();
        await KEEP.run(
          this.#client,
          [turn, valueOf(entry), ofKey(key)],
          [mine, `${[generation, ...others].join(' ')}\n${text}`, kept, generation],
        );
      },
      end,
    };
  }

  async forget({
    keys = [],
    tags = [],
  }: {
    readonly keys?: readonly string[];
    readonly tags?: readonly string[];
  }): Promise<void> {
    await Promise.all([
      ...keys.map((key) => this.#client.unlink(ofKey(key), turnOf(key))),
      ...tags.map((tag) => this.#client.unlink(ofTag(tag))),
    ]);
  }

  /** How long a value is there, and the generations of its tags. */
  #beside({ stale, tags, ...entry }: Entry): Promise<typeof ALONE> {
    return Promise.all([
      stale === 0 ? Infinity : this.#client.pttl(valueOf(entry)),
      Promise.all(tags.map((tag) => this.#client.get(ofTag(tag)))),
    ]);
  }

  /** The generations of tags, which are there for some milliseconds at least. */
  #generations(
    tags: readonly string[],
    next: string,
    milliseconds: number,
  ): Promise<readonly unknown[]> {
    return Promise.all(
      tags.map((tag) => TAG.run(this.#client, [ofTag(tag)], [next, milliseconds])),
    );
  }
}

/** Of a value without tags that is fresh as long as it is there. */
const ALONE: readonly [left: number, generations: readonly (string | null)[]] = [Infinity, []];

const ofKey = (key: string): string => `cache:${inOneSlot(key)}:generation`;
const ofTag = (tag: string): string => `cache:tag:${tag}`;
const turnOf = (key: string): string => `cache:${inOneSlot(key)}:turn`;
const valueOf = ({ type, key }: Pick<Entry, 'type' | 'key'>): string =>
  `cache:${inOneSlot(key)}:value:${type}`;
