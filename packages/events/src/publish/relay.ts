import type { FastifyBaseLogger } from 'fastify';
import type { Pool, PoolClient } from 'pg';
import { Bell } from '../broker/bell';
import type { Broker, Outgoing } from '../broker/broker';
import { deleteFromOutbox, isCut, outboxRows, type OutboxRow } from './outbox';
import { PostgresBroker } from '../postgres/postgres-broker';
import { quietly } from '../broker/quietly';

/** Any number that nobody else takes: of several processes one relays at a time. */
const RELAYING = 8_482_239;
/** Rows of one transaction. */
const BATCH = 500;
/** Milliseconds between two looks, for what was not heard. */
const LOOK = 1000;
/** Milliseconds that a topic rests which the broker did not take: the first time, and at most. */
const REST = { first: 500, longest: 10_000 };

interface Resting {
  readonly until: number;
  readonly pause: number;
}

/** Hands what the outbox has to the broker, in order; of several processes one does it at a time. */
export class Relay {
  readonly #pool: Pool;
  readonly #broker: Broker;
  readonly #bell = new Bell();
  readonly #ending = new AbortController();
  readonly #resting = new Map<string, Resting>();
  readonly #told: (error: unknown) => void;
  readonly #loop: Promise<void>;

  constructor(pool: Pool, broker: Broker, log: FastifyBaseLogger) {
    this.#pool = pool;
    this.#broker = broker;
    this.#told = quietly((err) =>
      log.warn({ err }, `Events wait: ${broker.name} does not take them`),
    );
    this.#loop = this.#run();
  }

  /** There may be something to send. */
  ring(): void {
    this.#bell.ring();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const hasMore = await this.#round().catch((error: unknown) => {
        this.#told(error);
        return false;
      });
      if (!hasMore) await this.#bell.wait(LOOK, signal);
    }
  }

  /** The lock ends with the transaction, so also with a process that dies in it. */
  async #round(): Promise<boolean> {
    const client = await this.#pool.connect();
    let failure: unknown;
    try {
      await client.query('begin');
      const { rows } = await client.query<{ first: boolean }>(
        'select pg_try_advisory_xact_lock($1) as first',
        [RELAYING],
      );
      const hasMore = rows[0]!.first && (await this.#send(client));
      await client.query('commit');
      return hasMore;
    } catch (error) {
      failure = error;
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release(failure instanceof Error && !('severity' in failure));
    }
  }

  /** Whether more may wait. */
  async #send(client: PoolClient): Promise<boolean> {
    const rows = await outboxRows(client, BATCH, this.#restingTopics());
    if (rows.length === 0) return false;
    if (this.#broker instanceof PostgresBroker) {
      await this.#broker.sendWithin(client, rows);
      await deleteFromOutbox(client, rows);
      return isCut(rows, BATCH);
    }
    const sent: OutboxRow[] = [];
    // One topic that is not taken does not hold back the others.
    for (const [topic, events] of Map.groupBy(rows, (row) => row.topic))
      if (await this.#sendTo(topic, events)) sent.push(...events);
    await deleteFromOutbox(client, sent);
    return isCut(rows, BATCH);
  }

  async #sendTo(topic: string, events: readonly Outgoing[]): Promise<boolean> {
    try {
      await this.#broker.send(events);
      this.#resting.delete(topic);
      return true;
    } catch (error) {
      const last = this.#resting.get(topic)?.pause ?? REST.first / 2;
      const pause = Math.min(2 * last, REST.longest);
      this.#resting.set(topic, { until: performance.now() + pause, pause });
      this.#told(error);
      return false;
    }
  }

  #restingTopics(): readonly string[] {
    const now = performance.now();
    return [...this.#resting].flatMap(([topic, { until }]) => (until > now ? [topic] : []));
  }
}
