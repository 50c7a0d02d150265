import type { Pool } from 'pg';
import type { PgBoss } from 'pg-boss';
import { Bell } from '../broker/bell';
import type { BrokerLog, Consumption, Lag, Outgoing, Subscription } from '../broker/broker';
import { SCHEMA } from '../publish/outbox';
import { quietly } from '../broker/quietly';

interface Parts {
  readonly boss: PgBoss;
  readonly pool: Pool;
  readonly log: BrokerLog;
  readonly queues: readonly { readonly topic: string; readonly queue: string }[];
}

interface Taken {
  readonly id: string;
  readonly retryCount: number;
  readonly data: Omit<Outgoing, 'topic'>;
}

/** Milliseconds between two looks: for tries that are due, and for what was not heard. */
const LOOK = 1000;
/** Milliseconds between two words that an event is still worked on. */
const HEARTBEAT = 10_000;
/** How many are taken at once, for each that is handled at the same time. */
const AHEAD = 8;

/** A group that takes its events from the queues of its topics. */
export class PostgresConsumption implements Consumption {
  readonly ended = new Promise<never>(() => undefined);
  readonly #subscription: Subscription;
  readonly #parts: Parts;
  readonly #bell = new Bell();
  readonly #ending = new AbortController();
  readonly #lines: readonly Line[];
  readonly #loop: Promise<void>;
  readonly #heartbeat: NodeJS.Timeout;
  /** Whose turn comes: taking many at once costs little more than taking one. */
  readonly #taken: { readonly line: Line; readonly job: Taken }[] = [];
  #free: number;
  #stopped: Promise<void> | undefined;

  constructor(subscription: Subscription, parts: Parts) {
    this.#subscription = subscription;
    this.#parts = parts;
    this.#free = subscription.concurrency;
    this.#lines = parts.queues.map(({ topic, queue }) => ({
      topic,
      queue,
      running: new Map(),
      done: [],
      told: Promise.resolve(),
      next: undefined,
    }));
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT);
    this.#loop = this.#take();
  }

  /** There may be something to take. */
  ring(): void {
    this.#bell.ring();
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    this.#ending.abort();
    await this.#loop;
    for (const { line, job } of this.#taken.splice(0))
      await this.#giveBack(line, job).catch(() => undefined);
    for (const line of this.#lines) await Promise.all(line.running.values());
    clearInterval(this.#heartbeat);
  }

  async lag(): Promise<readonly Lag[]> {
    const { rows } = await this.#parts.pool.query<{ name: string; waiting: number }>(
      `select name, count(*)::int as waiting from ${SCHEMA}.job
        where name = any($1) and state < 'completed' group by name`,
      [this.#lines.map(({ queue }) => queue)],
    );
    const waiting = new Map(rows.map((row) => [row.name, row.waiting]));
    return this.#lines.map(({ topic, queue }) => ({ topic, lag: waiting.get(queue) ?? 0 }));
  }

  async #take(): Promise<void> {
    const { signal } = this.#ending;
    const failed = quietly((error) =>
      this.#parts.log.warn(`The group '${this.#subscription.group}' takes no events: ${error}`),
    );
    while (!signal.aborted) {
      let taken = 0;
      try {
        for (const line of this.#lines) taken += await this.#takeFrom(line);
      } catch (error) {
        failed(error);
      }
      if (taken === 0) await this.#bell.wait(LOOK, signal);
    }
  }

  async #takeFrom(line: Line): Promise<number> {
    const { concurrency } = this.#subscription;
    if (this.#taken.length >= concurrency || this.#ending.signal.aborted) return 0;
    const jobs = (await this.#parts.boss.fetch<Taken['data']>(line.queue, {
      batchSize: AHEAD * concurrency,
    })) as readonly Taken[];
    this.#taken.push(...jobs.map((job) => ({ line, job })));
    this.#fill();
    return jobs.length;
  }

  #fill(): void {
    while (this.#free > 0 && !this.#ending.signal.aborted) {
      const next = this.#taken.shift();
      if (next === undefined) return;
      const { line, job } = next;
      this.#free -= 1;
      const claim = claimOf(job);
      line.running.set(claim, this.#handle(line, claim, job.data));
    }
  }

  async #handle(line: Line, job: Claim, data: Taken['data']): Promise<void> {
    try {
      await this.#subscription.handle({
        ...data,
        topic: line.topic,
        attempt: job.retryCount + 1,
      });
      await this.#settled(line, job);
    } catch {
      await this.#failed(line, job).catch(() => undefined);
    } finally {
      line.running.delete(job);
      this.#free += 1;
      this.#fill();
      this.#bell.ring();
    }
  }

  /** Those that end while others are told are told together. */
  async #settled(line: Line, job: Claim): Promise<void> {
    line.done.push(job);
    line.next ??= line.told
      .catch(() => undefined)
      .then(() => {
        line.next = undefined;
        return (line.told = this.#parts.boss.deleteJob(line.queue, line.done.splice(0)));
      });
    await line.next;
  }

  /** A process that ends gives back what it has begun: as if this try had never been. */
  async #failed(line: Line, job: Claim): Promise<void> {
    if (this.#ending.signal.aborted) await this.#giveBack(line, job);
    else await this.#parts.boss.fail(line.queue, job);
  }

  async #giveBack(line: Line, job: Claim): Promise<void> {
    await this.#parts.pool.query(
      `update ${SCHEMA}.job set state = case when retry_count > 0 then 'retry' else 'created' end::${SCHEMA}.job_state,
        started_on = null, heartbeat_on = null
        where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
      [line.queue, job.id, job.retryCount],
    );
  }

  async #beat(): Promise<void> {
    for (const line of this.#lines) {
      const waiting = this.#taken.flatMap((one) => (one.line === line ? [claimOf(one.job)] : []));
      const claims = [...line.running.keys(), ...waiting];
      if (claims.length === 0) continue;
      await this.#parts.boss.touch(line.queue, claims).catch(() => undefined);
    }
  }
}

function claimOf({ id, retryCount }: Claim): Claim {
  return { id, retryCount };
}

/** An event that this process works on. */
interface Claim {
  readonly id: string;
  readonly retryCount: number;
}

/** What goes on with the events of one topic. */
interface Line {
  readonly topic: string;
  readonly queue: string;
  readonly running: Map<Claim, Promise<void>>;
  /** Handled, and not told yet. */
  readonly done: Claim[];
  told: Promise<unknown>;
  /** Will tell of those. */
  next: Promise<unknown> | undefined;
}
