import { Pool } from 'pg';
import { Closing, type Host, type Work } from 'vivace/extend';
import type { Outgoing } from '../broker/broker';
import { subscribersOf } from './definition';
import type { OpenEvents } from '../open-events';
import { Gauges, type Reading } from './gauges';
import { forgetMarks } from './handled';
import { Handling } from './handling';
import { consumeAfter } from './handover';
import { LeftGroups } from './left-groups';
import { CHANNEL } from '../publish/outbox';
import { PostgresBroker, READY } from '../postgres/postgres-broker';
import { Relay } from '../publish/relay';
import { checkTopics } from '../broker/topics';

/** Connections beside the pool of sessions and the one that listens. */
const CONNECTIONS = 3;
const HOUR = 3_600_000;
/** Milliseconds that giving back may take, of those that closing has. */
const MARGIN = 1000;

/** Relays and handles the events of an application until it is stopped. */
export class EventsWork implements Work {
  readonly ended: Promise<unknown>;

  private constructor(
    private readonly readings: readonly Reading[],
    private readonly gauges: Gauges,
    private readonly ending: AbortController,
    private readonly opened: Closing,
  ) {
    const deaths = readings.map(({ consumption }) => consumption.ended);
    // Whoever begins anew finds nothing of this one.
    this.ended = Promise.race([...deaths, new Promise(() => undefined)]).then(async (error) => {
      await this.#close();
      return error;
    });
  }

  static async start(open: OpenEvents, host: Host): Promise<EventsWork> {
    await using closing = new Closing();
    const pool = closing.adopt(poolOf(open.database.directUrl), (one) => one.end());
    const local = new PostgresBroker(pool);
    const broker = open.broker ?? local;
    if (open.broker !== undefined) await checkTopics(broker, open.groups, open.days, 'work');
    for (const one of new Set([local, broker])) {
      await one.open(subscribersOf(open.groups), host.log);
      closing.defer(() => one.close());
    }
    const relay = closing.adopt(new Relay(pool, broker, host.log), (one) => one.stop());
    closing.use(
      await open.database.listen(CHANNEL, (payload) =>
        payload === READY ? local.ring() : relay.ring(),
      ),
    );
    const ending = new AbortController();
    const { signal } = ending;
    const hasDatabase = (): Promise<boolean> =>
      open.database.pool.query('select 1').then(
        () => true,
        () => false,
      );
    const readings: Reading[] = [];
    for (const group of open.groups) {
      if (!group.handlers.some(({ entry }) => host.entries.includes(entry))) continue;
      const park = (letter: Outgoing): Promise<void> => broker.send([letter]);
      const { handle } = new Handling(group, { park, log: host.log, signal, hasDatabase });
      const consumption = await consumeAfter(local, broker, { ...group, handle }, host.log);
      closing.defer(() => consumption.stop());
      readings.push({ group, consumption });
    }
    const gauges = closing.use(new Gauges(pool, readings, host.log));
    closing.adopt(sweeping(pool, open, host), clearInterval);
    return new EventsWork(readings, gauges, ending, closing.move());
  }

  /** Takes nothing new; what does not end in time is given back. */
  async stop(milliseconds = 0): Promise<void> {
    const abort = (): void => this.ending.abort(new Error('The process ends.'));
    const late = setTimeout(abort, Math.max(milliseconds - MARGIN, 0));
    try {
      await this.#close();
    } finally {
      clearTimeout(late);
    }
  }

  async #close(): Promise<void> {
    await Promise.all(this.readings.map(({ consumption }) => consumption.stop()));
    await this.opened[Symbol.asyncDispose]();
  }

  /** Looks until nothing waits. */
  async idle(): Promise<void> {
    for (;;) {
      const { waiting, lag } = await this.gauges.read();
      if (waiting === 0 && lag.every((one) => one.lag === 0)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function poolOf(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    application_name: 'vivace events',
    max: CONNECTIONS,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    keepAlive: true,
  });
  // What broke is said by the statements that wait.
  pool.on('error', () => undefined);
  return pool;
}

function sweeping(pool: Pool, { days, groups }: OpenEvents, { log }: Host): NodeJS.Timeout {
  const left = new LeftGroups(pool, groups, log);
  const failed =
    (message: string) =>
    (err: unknown): void =>
      log.warn({ err }, message);
  const sweep = (): void => {
    void forgetMarks(pool, days).catch(failed('Marks of handled events were not forgotten'));
    void left.look().catch(failed('Groups that nobody reads for were not looked for'));
  };
  sweep();
  return setInterval(sweep, HOUR).unref();
}
