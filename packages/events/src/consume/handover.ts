import {
  leftOf,
  type Broker,
  type BrokerLog,
  type Consumption,
  type Lag,
  type Subscription,
} from '../broker/broker';

/** Milliseconds between two looks at what is left. */
const LOOK = 500;

/**
 * Reads a broker, and before it what another one still has for the group: that is how a program moves
 * from one to the other, with the order of its keys.
 */
export async function consumeAfter(
  old: Broker,
  broker: Broker,
  subscription: Subscription,
  log: BrokerLog,
): Promise<Consumption> {
  if (old === broker) return broker.consume(subscription);
  const first = await old.consume(subscription);
  if ((await leftOf(first)) > 0) return new Handover(first, broker, subscription, log);
  await first.stop();
  return broker.consume(subscription);
}

/** A group that finishes with one broker and goes on with another. */
class Handover implements Consumption {
  readonly ended: Promise<unknown>;
  readonly #ending = new AbortController();
  readonly #finished: Promise<void>;
  #now: Consumption;

  constructor(first: Consumption, broker: Broker, subscription: Subscription, log: BrokerLog) {
    this.#now = first;
    log.info(
      `The group '${subscription.group}' finishes what is in the database, then ${broker.name}`,
    );
    this.#finished = this.#finish(first);
    this.ended = this.#finished.then(async () => {
      if (this.#ending.signal.aborted) return new Promise<never>(() => undefined);
      this.#now = await broker.consume(subscription);
      if (this.#ending.signal.aborted) await this.#now.stop();
      return this.#now.ended;
    });
    this.ended.catch(() => undefined);
  }

  lag(): Promise<readonly Lag[]> {
    return this.#now.lag();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#finished;
    await this.#now.stop();
  }

  async #finish(first: Consumption): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted && (await leftOf(first).catch(() => 1)) > 0)
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    if (!signal.aborted) await first.stop();
  }
}
