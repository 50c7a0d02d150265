import { Cluster, type Redis as Client } from 'ioredis';

/** How many keys a server looks at in one step. */
const STEP = 500;

/** The keys that fit a pattern, without the prefix of the client; those of a cluster server by server. */
export async function* keysOf(client: Client | Cluster, pattern: string): AsyncGenerator<string> {
  const prefix = String(client.options.keyPrefix ?? '');
  const match = prefix.replace(/[\\*?[\]]/g, '\\$&') + pattern;
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  for (const server of servers) {
    let cursor = '0';
    do {
      const [next, keys] = await server.scan(cursor, 'MATCH', match, 'COUNT', STEP);
      for (const key of keys) yield key.slice(prefix.length);
      cursor = next;
    } while (cursor !== '0');
  }
}
