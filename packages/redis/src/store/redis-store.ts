import type { Redis as Client } from 'ioredis';
import { Script } from '../client/script';
import { SharedStore } from './shared-store';

/** The sum and its end in one step: a process that dies between two would leave a key without an end. */
const COUNT = new Script(`
local value = redis.call('INCRBYFLOAT', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {value, left}`);

const KEY = 'store:';

/** What middleware keeps, in Redis: seen by all processes. */
export class RedisStore extends SharedStore {
  override readonly shared = true;
  readonly #client: Client;

  constructor(client: Client) {
    super();
    this.#client = client;
  }

  override async get(key: string): Promise<string | undefined> {
    return (await this.#client.get(KEY + key)) ?? undefined;
  }

  override async set(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<void> {
    await this.#set(key, value, options);
  }

  override replace(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<boolean> {
    return this.#set(key, value, options, 'XX');
  }

  override setIfAbsent(
    key: string,
    value: string,
    options?: { readonly seconds?: number },
  ): Promise<boolean> {
    return this.#set(key, value, options, 'NX');
  }

  override async delete(key: string): Promise<void> {
    await this.#client.unlink(KEY + key);
  }

  override async increment(
    key: string,
    by: number,
    seconds: number,
  ): Promise<{ value: number; seconds: number }> {
    const milliseconds = Math.ceil(seconds * 1000);
    const reply = await COUNT.run(this.#client, [KEY + key], [by, milliseconds]);
    const [value, left] = reply as [string, number];
    return { value: Number(value), seconds: left / 1000 };
  }

  async #set(
    key: string,
    value: string,
    { seconds }: { readonly seconds?: number } = {},
    ...when: readonly ('XX' | 'NX')[]
  ): Promise<boolean> {
    const end = seconds === undefined ? [] : ['PX', Math.ceil(seconds * 1000)];
    return (await this.#client.call('set', [KEY + key, value, ...end, ...when])) !== null;
  }
}
