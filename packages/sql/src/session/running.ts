import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { cancelStatement } from '../connection/cancel';

/** Milliseconds between two orders to end a statement. */
const AGAIN = 100;

/** The statements of a session that run, until nobody waits for them any more. */
export class Running {
  readonly #counts = new Map<PoolClient, number>();
  #aborted: { readonly reason: unknown } | undefined;
  #isCancelled = false;

  /** Whether the server was told to end a statement: who takes the connection next could lose one. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** @throws why nobody waits any more, if so */
  check(): void {
    if (this.#aborted !== undefined) throw this.#aborted.reason;
  }

  async send<R extends object>(
    client: PoolClient,
    statement: QueryConfig,
  ): Promise<QueryResult<R>> {
    // The connection may have been waited for.
    this.check();
    this.#counts.set(client, (this.#counts.get(client) ?? 0) + 1);
    try {
      return await client.query<R>(statement);
    } finally {
      const left = this.#counts.get(client)! - 1;
      if (left === 0) this.#counts.delete(client);
      else this.#counts.set(client, left);
    }
  }

  /** Ends what runs and refuses what follows. */
  abort(reason: unknown): void {
    this.#aborted = { reason };
    this.#isCancelled = this.#counts.size > 0;
    for (const client of this.#counts.keys()) void this.#end(client);
  }

  /** An order that comes before its statement is read ends nothing. */
  async #end(client: PoolClient): Promise<void> {
    while (this.#counts.has(client)) {
      await cancelStatement(client);
      await delay(AGAIN, undefined, { ref: false });
    }
  }
}
