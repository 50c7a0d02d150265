import { checkNumbers } from '../declare/numbers';
import type { Store } from './store';

interface Entry {
  readonly value: string | number;
  /** In milliseconds of this process; undefined: never. */
  readonly end: number | undefined;
}

/**
 * A store in the memory of this process.
 *
 * @param options `maxKeys` bounds it: 100,000 by default; beyond that the entries that were written longest ago go first
 * @example sessions({ secret, store: memoryStore({ maxKeys: 10_000 }) })
 */
export function memoryStore({ maxKeys = 100_000 }: { maxKeys?: number } = {}): Store {
  checkNumbers(memoryStore, { maxKeys });
  return new MemoryStore(maxKeys);
}

class MemoryStore implements Store {
  readonly shared = false;
  /** The one that was written last stands last. */
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly maxKeys: number) {}

  async get(key: string): Promise<string | undefined> {
    const entry = this.current(key);
    return entry === undefined ? undefined : String(entry.value);
  }

  async set(key: string, value: string, { seconds }: { seconds?: number } = {}): Promise<void> {
    this.write(key, {
      value,
      end: seconds === undefined ? undefined : performance.now() + seconds * 1000,
    });
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ value: number; seconds: number }> {
    const now = performance.now();
    const entry = this.current(key);
    const value = Number(entry?.value ?? 0) + by;
    this.write(key, { value, end: entry?.end ?? now + seconds * 1000 });
    return { value, seconds: entry?.end === undefined ? seconds : (entry.end - now) / 1000 };
  }

  private current(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry?.end === undefined || entry.end > performance.now()) return entry;
    this.entries.delete(key);
    return undefined;
  }

  private write(key: string, entry: Entry): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size > this.maxKeys) this.makeRoom();
  }

  /** Looks at a few of the oldest, so that no write pays for all. */
  private makeRoom(): void {
    const now = performance.now();
    let looked = 0;
    for (const [key, { end }] of this.entries) {
      if (looked > 0 && (looked >= 10 || end === undefined || end > now)) break;
      this.entries.delete(key);
      looked += 1;
    }
  }
}
