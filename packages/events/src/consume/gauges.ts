import { channel } from 'node:diagnostics_channel';
import type { FastifyBaseLogger } from 'fastify';
import type { Pool } from 'pg';
import { countOutbox, MANY } from '../publish/outbox';
import { quietly } from '../broker/quietly';
import type { Consumption, Lag } from '../broker/broker';
import type { GroupDefinition } from './definition';

interface GroupLag extends Lag {
  readonly group: string;
}

/** What the channel `vivace:events` tells every ten seconds. */
export interface EventsMeasure {
  /** Events that were not sent yet. */
  readonly waiting: number;
  /** What groups have not finished. */
  readonly lag: readonly GroupLag[];
}

/** A group of the application, and what reads for it. */
export interface Reading {
  readonly group: GroupDefinition;
  readonly consumption: Consumption;
}

const measures = channel('vivace:events');

/** Milliseconds between two looks. */
const PERIOD = 10_000;
/** How much waits, for who listens. */
export class Gauges implements Disposable {
  readonly #pool: Pool;
  readonly #readings: readonly Reading[];
  readonly #timer: NodeJS.Timeout;

  constructor(pool: Pool, readings: readonly Reading[], log: FastifyBaseLogger) {
    this.#pool = pool;
    this.#readings = readings;
    const failed = quietly((err) => log.warn({ err }, 'How many events wait is not known'));
    this.#timer = setInterval(() => void this.#tell(log).catch(failed), PERIOD).unref();
  }

  async read(): Promise<EventsMeasure> {
    const waiting = await countOutbox(this.#pool);
    const lags = await Promise.all(
      this.#readings.map(async ({ group: { group }, consumption }) =>
        (await consumption.lag()).map((lag) => ({ group, ...lag })),
      ),
    );
    return { waiting, lag: lags.flat() };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #tell(log: FastifyBaseLogger): Promise<void> {
    const isHeard = measures.hasSubscribers;
    const measure = isHeard ? await this.read() : { waiting: await countOutbox(this.#pool) };
    if (isHeard) measures.publish(measure);
    if (measure.waiting > MANY)
      log.warn(`${measure.waiting} events wait to be sent: is the broker there?`);
  }
}
