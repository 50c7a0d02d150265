import { randomUUID } from 'node:crypto';
import type { Broker, Consumption, Incoming, Outgoing } from './broker';

/** One check: a topic of its own, and what it has opened. */
export class Trial implements AsyncDisposable {
  readonly topic = `contract-${randomUUID()}`;
  readonly concurrency = 4;
  readonly #create: () => Broker | Promise<Broker>;
  readonly #opened = new Set<Broker>();
  readonly #reading = new Set<Consumption>();

  constructor(create: () => Broker | Promise<Broker>) {
    this.#create = create;
  }

  async open(...groups: readonly string[]): Promise<Broker> {
    const broker = await this.#create();
    await broker.create([this.topic]);
    const quiet = { info: () => undefined, warn: () => undefined };
    await broker.open(
      groups.map((group) => ({ group: this.group(group), topics: [this.topic], from: 'earliest' })),
      quiet,
    );
    this.#opened.add(broker);
    return broker;
  }

  async consume(broker: Broker, group: string, work?: (event: Incoming) => Promise<void>) {
    const events: Incoming[] = [];
    const consumption = await broker.consume({
      group: this.group(group),
      topics: [this.topic],
      from: 'earliest',
      concurrency: this.concurrency,
      handle: async (event) => {
        await work?.(event);
        events.push(event);
      },
    });
    this.#reading.add(consumption);
    return {
      events,
      consumption,
      get ids() {
        return events.map(({ id }) => id);
      },
      stop: async () => {
        this.#reading.delete(consumption);
        await consumption.stop();
      },
    };
  }

  event(key: string, number: number, headers: Outgoing['headers'] = {}): Outgoing {
    const value = JSON.stringify({ number });
    const id = randomUUID();
    return { id, topic: this.topic, key, value, headers: { 'event-id': id, ...headers } };
  }

  async close(broker: Broker): Promise<void> {
    this.#opened.delete(broker);
    await broker.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const consumption of this.#reading) await consumption.stop();
    for (const broker of this.#opened) await broker.close();
  }

  /** Brokers remember groups: each check has its own. */
  group(name: string): string {
    return `${name}-${this.topic}`;
  }
}
