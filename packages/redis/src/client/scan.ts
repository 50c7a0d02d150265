import type { Redis as Client } from 'ioredis';

/** How many keys the server looks at in one step. */
const STEP = 500;

/** The keys that fit a pattern, without the prefix of the client. */
export async function* keysOf(client: Client, pattern: string): AsyncGenerator<string> {
  const prefix = String(client.options.keyPrefix ?? '');
  const match = prefix.replace(/[\\*?[\]]/g, '\\$&') + pattern;
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', match, 'COUNT', STEP);
    for (const key of keys) yield key.slice(prefix.length);
    cursor = next;
  } while (cursor !== '0');
}
