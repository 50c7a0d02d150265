import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { PgBoss } from 'pg-boss';
import type {
  Broker,
  BrokerLog,
  Consumption,
  Outgoing,
  Subscriber,
  Subscription,
} from '../broker/broker';
import { CHANNEL, SCHEMA } from '../publish/outbox';
import { PostgresConsumption } from './postgres-consumption';
import { dbOf, startedBoss } from '../tables';
import { uuid7 } from '../event/uuid7';

/** What is kept of an event in a job. */
export interface Kept extends Omit<Outgoing, 'topic'> {
  readonly [field: string]: unknown;
}

/** What is notified when consumers have something to do; anything else is for the relay. */
export const READY = 'ready';

const DAY = 86_400;
/** Milliseconds between two times of looking after jobs whose process has died. */
const SUPERVISION = 10_000;

/** Carries events on the database of the program: each group of a topic is a queue of pg-boss. */
export class PostgresBroker implements Broker {
  readonly name = 'Postgres';
  readonly maxMessage = 1_000_000;
  readonly #pool: Pool;
  #boss: PgBoss | undefined;
  #log: BrokerLog | undefined;
  #supervision: NodeJS.Timeout | undefined;
  #sending = Promise.resolve();
  readonly #running = new Set<PostgresConsumption>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Consumers have something to do. */
  ring(): void {
    for (const consumption of this.#running) consumption.ring();
  }

  async open(groups: readonly Subscriber[], log: BrokerLog): Promise<void> {
    this.#log = log;
    const boss = (this.#boss = await startedBoss(this.#pool));
    const known = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const { group, topics } of groups)
      for (const topic of topics) {
        const queue = queueOf(topic, group);
        if (known.has(queue)) await boss.updateQueue(queue, OPTIONS);
        else await boss.createQueue(queue, { policy: 'key_strict_fifo', ...OPTIONS });
        await boss.subscribe(topic, queue);
      }
    const supervise = (): void =>
      void boss.supervise().catch((error: Error) => log.warn(`pg-boss: ${error.message}`));
    this.#supervision = setInterval(supervise, SUPERVISION).unref();
  }

  /** One batch after the other: each holds a connection, while pg-boss may need another. */
  send(batch: readonly Outgoing[]): Promise<void> {
    return (this.#sending = this.#sending.catch(() => undefined).then(() => this.#send(batch)));
  }

  async #send(batch: readonly Outgoing[]): Promise<void> {
    const client = await this.#pool.connect();
    let failure: unknown;
    try {
      await client.query('begin');
      await this.sendWithin(client, batch);
      await client.query('commit');
    } catch (error) {
      failure = error;
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release(failure instanceof Error && !('severity' in failure));
    }
  }

  /** In a transaction: with it all groups have the events, or none. */
  async sendWithin(client: PoolClient, batch: readonly Outgoing[]): Promise<void> {
    const boss = this.#opened;
    for (const [topic, events] of Map.groupBy(batch, (event) => event.topic)) {
      for (const queue of await queuesOf(client, topic)) {
        // In the order of their ids, and those of pg-boss are random.
        const jobs = events.map(({ id, key, value, headers }) => ({
          id: uuid7(),
          singletonKey: keptKey(key),
          data: { id, key, value, headers } satisfies Kept,
        }));
        await boss.insert(queue, jobs, { db: dbOf(client as unknown as Pool) });
      }
    }
    await client.query('select pg_notify($1, $2)', [CHANNEL, READY]);
  }

  consume(subscription: Subscription): Promise<Consumption> {
    const queues = subscription.topics.map((topic) => ({
      topic,
      queue: queueOf(topic, subscription.group),
    }));
    const consumption = new PostgresConsumption(subscription, {
      boss: this.#opened,
      pool: this.#pool,
      log: this.#log!,
      queues,
    });
    this.#running.add(consumption);
    return Promise.resolve(consumption);
  }

  async waiting(group: string, topic: string, limit: number): Promise<readonly Outgoing[]> {
    const { rows } = await this.#pool.query<{ data: Kept }>(
      `select data from ${SCHEMA}.job where name = $1 and state < 'completed'
        order by created_on, id limit $2`,
      [queueOf(topic, group), limit],
    );
    return rows.map(({ data }) => ({ ...data, topic }));
  }

  /** Any topic is there: groups are queues, made by the application. */
  missing(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
  create(): Promise<void> {
    return Promise.resolve();
  }
  /** What was handled is gone. */
  limits(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  async close(): Promise<void> {
    clearInterval(this.#supervision);
    await this.#boss?.stop({ graceful: false, close: false });
  }

  get #opened(): PgBoss {
    if (this.#boss === undefined) throw new Error('The broker is not open.');
    return this.#boss;
  }
}

/** Groups come with processes that start, so they are asked for each time. */
async function queuesOf(client: PoolClient, topic: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from ${SCHEMA}.subscription where event = $1`,
    [topic],
  );
  return rows.map(({ name }) => name);
}

const OPTIONS = {
  notify: false,
  // How often is for the group to say: it parks what has failed for the last time.
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: DAY - 1,
  heartbeatSeconds: 30,
  retentionSeconds: 3650 * DAY,
};

/** The queue of pg-boss that has what a group gets of a topic. */
export function queueOf(topic: string, group: string): string {
  return `${topic}/${group}`;
}

/** What fits into an index and into JSON of PostgreSQL; any other key is kept as its digest. */
function keptKey(key: string): string {
  return /^[ -~]{1,200}$/.test(key) ? key : createHash('sha256').update(key).digest('base64url');
}
