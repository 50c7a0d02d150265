import type { FastifyBaseLogger } from 'fastify';
import type { Work } from 'vivace/extend';
import type { Outgoing } from '../broker/broker';
import type { OpenEvents } from '../open-events';
import { Handling } from './handling';
import { deleteFromOutbox, outboxRows } from '../publish/outbox';

/** The work in a test: nothing runs by itself, and what waits is delivered when it is asked for. */
export class ByHand implements Work {
  readonly #open: OpenEvents;
  readonly #handlings: readonly Handling[];
  readonly #deaths: unknown[] = [];

  constructor(open: OpenEvents, log: FastifyBaseLogger) {
    this.#open = open;
    const { signal } = new AbortController();
    const park = async (_: Outgoing, error: unknown): Promise<void> =>
      void this.#deaths.push(error);
    const hasDatabase = async (): Promise<boolean> => true;
    const parts = { park, log, signal, hasDatabase };
    this.#handlings = open.groups.map((group) => new Handling(group, parts));
  }

  async stop(): Promise<void> {}

  /**
   * Delivers what waits to each group, further tries at once, and what that publishes.
   *
   * @throws what a handler failed with at last
   */
  async idle(): Promise<void> {
    const { database, outlet } = this.#open;
    this.#deaths.length = 0;
    for (let rows = await outboxRows(database.pool, 1); rows.length > 0;) {
      await deleteFromOutbox(database.pool, rows);
      outlet.delivered.push(...rows);
      for (const handling of this.#handlings)
        for (const row of rows) await untilHandled(handling, row);
      rows = await outboxRows(database.pool, 1);
    }
    if (this.#deaths.length > 0) throw this.#deaths[0];
  }
}

async function untilHandled(handling: Handling, event: Outgoing): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await handling.handle({ ...event, attempt });
    } catch {
      // The next try; the last one is parked.
    }
  }
}
