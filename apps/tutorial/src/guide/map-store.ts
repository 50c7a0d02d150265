import type { Store } from 'vivace/middleware';

/** Keeps data in a map: where a store of your own begins. */
export class MapStore implements Store {
  readonly #entries = new Map<string, { value: string; end: number }>();

  async get(key: string): Promise<string | undefined> {
    return this.#read(key)?.value;
  }

  async set(key: string, value: string, options: { seconds?: number } = {}): Promise<void> {
    this.#entries.set(key, { value, end: Date.now() + (options.seconds ?? Infinity) * 1000 });
  }

  async replace(key: string, value: string, options?: { seconds?: number }): Promise<boolean> {
    if (this.#read(key) === undefined) return false;
    await this.set(key, value, options);
    return true;
  }

  async setIfAbsent(key: string, value: string, options?: { seconds?: number }): Promise<boolean> {
    if (this.#read(key) !== undefined) return false;
    await this.set(key, value, options);
    return true;
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async increment(key: string, by: number, seconds: number) {
    const { value, end } = this.#read(key) ?? { value: '0', end: Date.now() + seconds * 1000 };
    const sum = Number(value) + by;
    this.#entries.set(key, { value: String(sum), end });
    return { value: sum, seconds: (end - Date.now()) / 1000 };
  }

  #read(key: string) {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.end > Date.now() ? entry : undefined;
  }
}
