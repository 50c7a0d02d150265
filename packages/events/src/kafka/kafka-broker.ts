import type { Admin, Producer } from '@platformatic/kafka';
import type {
  Broker,
  BrokerLog,
  Consumption,
  Outgoing,
  Subscriber,
  Subscription,
  TopicLimits,
} from '../broker/broker';
import { BrokerFailure } from '../broker/broker-failure';
import { groupOffsets, seedOffsets } from './offsets';
import { KafkaConsumption } from './kafka-consumption';
import { firstMessages } from './peek';
import { portionsOf } from './portions';
import {
  clientOptions,
  noBrokers,
  PRODUCER,
  type ClientOptions,
  type KafkaOptions,
} from './settings';

type Library = typeof import('@platformatic/kafka');
const DAY = 86_400_000;
/** Of the bytes of one event: beside those it has headers. */
const LARGEST_PLAIN = 1.02;
/** Bytes around what is sent together. */
const FRAME = 200;
const RETENTION = 'retention.ms';
const LARGEST = 'max.message.bytes';

/** Carries events by Apache Kafka. */
export class KafkaBroker implements Broker {
  readonly name = 'Kafka';
  readonly maxMessage: number;
  readonly #options: KafkaOptions;
  readonly #client: ClientOptions;
  #admin: Promise<Admin> | undefined;
  #producer: Promise<Producer<string, string, string, string>> | undefined;
  #log: BrokerLog | undefined;

  /** @throws EventsBootError KAFKA_SETTING, EVENT_OPTION */
  constructor(options: KafkaOptions, env: Readonly<Record<string, string | undefined>>) {
    this.#options = options;
    this.#client = clientOptions(options, env);
    this.maxMessage = options.maxMessage ?? 1_000_000;
  }

  async open(groups: readonly Subscriber[], log: BrokerLog): Promise<void> {
    this.#log = log;
    await this.#ask(async (admin) => {
      for (const group of groups) await seedOffsets(admin, group);
    });
  }

  async send(batch: readonly Outgoing[]): Promise<void> {
    const producer = await this.#production();
    for (const { events, bytes } of portionsOf(batch, this.maxMessage))
      await producer.send({
        messages: events.map(({ topic, key, value, headers }) => ({
          topic,
          key,
          value,
          headers: { ...headers },
        })),
        acks: PRODUCER.acks,
        idempotent: PRODUCER.idempotent,
        // A dead letter of what another producer had compressed, or had made as large as it may be.
        compression: bytes > LARGEST_PLAIN * this.maxMessage ? 'gzip' : 'none',
      });
  }

  async consume(subscription: Subscription): Promise<Consumption> {
    return KafkaConsumption.start(subscription, {
      library: await library(),
      client: this.#client,
      admin: await this.#administration(),
      log: this.#log!,
    });
  }

  async waiting(group: string, topic: string, limit: number): Promise<readonly Outgoing[]> {
    return this.#ask(async (admin) => {
      const partitions = (await groupOffsets(admin, group, [topic])).get(topic) ?? [];
      return firstMessages(await library(), this.#client, topic, partitions, limit);
    });
  }

  async missing(topics: readonly string[]): Promise<readonly string[]> {
    const known = new Set(await this.#ask((admin) => admin.listTopics()));
    return topics.filter((topic) => !known.has(topic));
  }

  async create(topics: readonly string[]): Promise<void> {
    const missing = await this.missing(topics);
    if (missing.length === 0) return;
    await this.#ask(async (admin) => {
      const { brokers } = await admin.metadata({});
      const { partitions = 6, replicas = Math.min(3, brokers.size) } = this.#options.topics ?? {};
      await admin.createTopics({ topics: [...missing], partitions, replicas });
    });
  }

  async limits(topics: readonly string[]): Promise<readonly TopicLimits[]> {
    const { ConfigResourceTypes } = await library();
    const resources = topics.map((resourceName) => ({
      resourceType: ConfigResourceTypes.TOPIC,
      resourceName,
      configurationKeys: [RETENTION, LARGEST],
    }));
    const described = await this.#ask((admin) => admin.describeConfigs({ resources }));
    return described.map(({ resourceName: topic, configs }) => {
      const numberOf = (key: string): number | undefined => {
        const value = configs.find(({ name }) => name === key)?.value;
        return value === undefined || value === null ? undefined : Number(value);
      };
      // What is kept for ever is read again by new groups alone.
      const days = Math.max(0, numberOf(RETENTION) ?? 0) / DAY;
      const largest = numberOf(LARGEST) ?? Infinity;
      return { topic, days, bytes: Math.floor((largest - FRAME) / LARGEST_PLAIN) };
    });
  }

  async close(): Promise<void> {
    const open = [this.#producer, this.#admin];
    this.#producer = undefined;
    this.#admin = undefined;
    for (const client of open) await client?.then((one) => one.close()).catch(() => undefined);
  }

  /** @throws BrokerFailure; EventsBootError where no broker is named: only who asks one has to know */
  async #ask<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    if (this.#client.bootstrapBrokers.length === 0)
      throw noBrokers(this.#options, 'It names no broker.');
    try {
      return await work(await this.#administration());
    } catch (error) {
      throw new BrokerFailure(`Kafka (${this.#client.bootstrapBrokers.join(', ')})`, error);
    }
  }

  #administration(): Promise<Admin> {
    return (this.#admin ??= library().then(({ Admin }) => new Admin(this.#client)));
  }

  #production(): Promise<Producer<string, string, string, string>> {
    return (this.#producer ??= library().then(
      ({ Producer, stringSerializers }) =>
        new Producer({
          ...this.#client,
          ...PRODUCER,
          serializers: stringSerializers,
        }),
    ));
  }
}

/** An ES module, which is loaded with the first broker. */
function library(): Promise<Library> {
  return import('@platformatic/kafka');
}
