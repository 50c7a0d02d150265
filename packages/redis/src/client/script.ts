import { createHash } from 'node:crypto';
import type { Redis as Client } from 'ioredis';

/** Something that Redis does in one step, whoever else asks it. */
export class Script {
  readonly #lua: string;
  readonly #sha: string;

  constructor(lua: string) {
    this.#lua = lua;
    this.#sha = createHash('sha1').update(lua).digest('hex');
  }

  /** A server that was started anew is told again what it is. */
  async run(client: Client, keys: readonly string[], given: readonly (string | number)[]) {
    try {
      return await client.evalsha(this.#sha, keys.length, ...keys, ...given);
    } catch (error) {
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return await client.eval(this.#lua, keys.length, ...keys, ...given);
    }
  }
}
