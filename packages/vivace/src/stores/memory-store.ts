import { checkNumbers } from '../declare/numbers';
import type { Store } from '../declare/store';

interface Entry {
  readonly value: string | number;
  /** In milliseconds of this process; undefined: never. */
  readonly end: number | undefined;
  /** In bytes, as V8 keeps it. */
  readonly size: number;
}

/**
 * A store in the memory of this process.
 *
 * Beyond its bounds the entries that were written longest ago go first; what is larger alone is not
 * kept.
 *
 * @param options.maxKeys the most entries: 100,000 by default
 * @param options.maxBytes the most bytes: 256 MiB by default
 * @example sessions({ secret, store: memoryStore({ maxKeys: 10_000 }) })
 */
export function memoryStore({
  maxKeys = 100_000,
  maxBytes = 256 * 1024 * 1024,
}: { readonly maxKeys?: number; readonly maxBytes?: number } = {}): Store {
  checkNumbers(memoryStore, { maxKeys, maxBytes });
  return new MemoryStore(maxKeys, maxBytes);
}

/** What an entry takes beside its texts, in bytes. */
const OVERHEAD = 200;

class MemoryStore implements Store {
  readonly shared = false;
  /** The one that was written last stands last. */
  readonly #entries = new Map<string, Entry>();
  /** Of all entries, in bytes. */
  #size = 0;

  readonly #maxKeys: number;
  readonly #maxBytes: number;

  constructor(maxKeys: number, maxBytes: number) {
    this.#maxKeys = maxKeys;
    this.#maxBytes = maxBytes;
  }

  async get(key: string): Promise<string | undefined> {
    const entry = this.#current(key);
    return entry === undefined ? undefined : String(entry.value);
  }

  async set(
    key: string,
    value: string,
    { seconds }: { readonly seconds?: number } = {},
  ): Promise<void> {
    this.#write(key, value, seconds === undefined ? undefined : performance.now() + seconds * 1000);
  }

  async replace(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<boolean> {
    const there = this.#current(key) !== undefined;
    if (there) await this.set(key, value, options);
    return there;
  }

  async setIfAbsent(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<boolean> {
    const absent = this.#current(key) === undefined;
    if (absent) await this.set(key, value, options);
    return absent;
  }

  async delete(key: string): Promise<void> {
    this.#forget(key);
  }

  async increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ value: number; seconds: number }> {
    const now = performance.now();
    const entry = this.#current(key);
    const value = Number(entry?.value ?? 0) + by;
    this.#write(key, value, entry?.end ?? now + seconds * 1000);
    return { value, seconds: entry?.end === undefined ? seconds : (entry.end - now) / 1000 };
  }

  #current(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry?.end === undefined || entry.end > performance.now()) return entry;
    this.#forget(key);
    return undefined;
  }

  #write(key: string, value: string | number, end: number | undefined): void {
    this.#forget(key);
    const size = sizeOf(key) + sizeOf(String(value)) + OVERHEAD;
    if (size > this.#maxBytes) return;
    this.#entries.set(key, { value, end, size });
    this.#size += size;
    this.#makeRoom();
  }

  #forget(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0;
    this.#entries.delete(key);
  }

  /** Beside what has to go it looks at a few of the oldest, so that no write pays for all. */
  #makeRoom(): void {
    if (!this.#full) return;
    const now = performance.now();
    let looked = 0;
    for (const [key, { end }] of this.#entries) {
      if (!this.#full && (looked >= 10 || end === undefined || end > now)) break;
      this.#forget(key);
      looked += 1;
    }
  }

  get #full(): boolean {
    return this.#entries.size > this.#maxKeys || this.#size > this.#maxBytes;
  }
}

/** A text of other than Latin letters takes two bytes for each. */
function sizeOf(text: string): number {
  return /^[\0-\xff]*$/.test(text) ? text.length : 2 * text.length;
}
