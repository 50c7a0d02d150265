import { randomUUID } from 'node:crypto';
import { memoryStore } from 'vivace/middleware';
import type { Entry, Keeper, Kept, Turn } from './keeper';

interface Value extends Kept {
  readonly generations: string;
  /** Milliseconds of this process. */
  readonly end: number;
}

/** Keeps the values of a cache in the memory of the process. */
export class MemoryKeeper implements Keeper {
  /** It has bounds, so that a program that makes keys of what clients send does not run out of memory. */
  readonly #store = memoryStore();
  readonly #generations = memoryStore();

  async read(entry: Entry): Promise<Kept | undefined> {
    const text = await this.#store.get(placeOf(entry));
    if (text === undefined) return undefined;
    const kept = JSON.parse(text) as Value;
    if (kept.generations !== (await this.#current(entry)).join(' ')) return undefined;
    return { text: kept.text, fresh: performance.now() < kept.end };
  }

  /** One maker at a time: the cache of the process sees to that. */
  async begin(entry: Entry): Promise<Turn> {
    for (const name of namesOf(entry)) await this.#generations.setIfAbsent(name, randomUUID());
    const generations = (await this.#current(entry)).join(' ');
    return {
      keep: async (text, milliseconds) => {
        const end = performance.now() + milliseconds - entry.stale;
        const kept: Value = { text, generations, end, fresh: true };
        await this.#store.set(placeOf(entry), JSON.stringify(kept), {
          seconds: milliseconds / 1000,
        });
      },
      end: async () => undefined,
    };
  }

  async forget({
    keys = [],
    tags = [],
  }: {
    readonly keys?: readonly string[];
    readonly tags?: readonly string[];
  }): Promise<void> {
    for (const name of [...keys.map(nameOfKey), ...tags.map(nameOfTag)])
      await this.#generations.delete(name);
  }

  #current(entry: Entry): Promise<(string | undefined)[]> {
    return Promise.all(namesOf(entry).map((name) => this.#generations.get(name)));
  }
}

const nameOfKey = (key: string): string => `key:${key}`;
const nameOfTag = (tag: string): string => `tag:${tag}`;
const namesOf = ({ key, tags }: Entry): string[] => [nameOfKey(key), ...tags.map(nameOfTag)];
const placeOf = ({ type, key }: Entry): string => `${type}:${key}`;
