import type { Admin, GroupAssignment } from '@platformatic/kafka';
import type { BrokerLog, Consumption, Lag, Subscription } from '../broker/broker';
import { quietly } from '../broker/quietly';
import { FullPartitions, placeOf, type TextConsumer } from './full-partitions';
import { Lanes } from './lanes';
import { incomingOf, type TextMessage } from './message';
import { behind, groupOffsets } from './offsets';
import { Progress } from './progress';
import { Reading, type TextStream } from './reading';
import { CONSUMER, type ClientOptions } from './settings';

interface Parts {
  readonly library: typeof import('@platformatic/kafka');
  readonly client: ClientOptions;
  readonly admin: Admin;
  readonly log: BrokerLog;
}

interface Received {
  readonly lane: string;
  readonly message: TextMessage;
  readonly progress: Progress;
}

/** Messages of one partition that wait in this process, above which it takes no more of it. */
const MANY = 1000;
/** Milliseconds between two commits. */
const COMMIT = 50;
/** Milliseconds that leaving may take. */
const PATIENCE = 5000;

/** A member of a group of Kafka. */
export class KafkaConsumption implements Consumption {
  readonly ended: Promise<unknown>;
  readonly #subscription: Subscription;
  readonly #parts: Parts;
  readonly #consumer: TextConsumer;
  readonly #reading: Reading;
  readonly #full: FullPartitions;
  readonly #lanes: Lanes<Received>;
  readonly #progress = new Map<string, Progress>();
  /** What is not committed yet, by partition. */
  readonly #moved = new Map<string, TextMessage>();
  readonly #warned: (error: unknown) => void;
  #committing: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  private constructor(subscription: Subscription, parts: Parts, opened: Opened) {
    this.#subscription = subscription;
    this.#parts = parts;
    this.#consumer = opened.consumer;
    this.#warned = quietly((error) =>
      parts.log.warn(`The group '${subscription.group}' could not commit: ${String(error)}`),
    );
    this.#lanes = new Lanes(
      subscription.concurrency,
      async (item, attempt) => {
        if (this.#isOwn(item)) await subscription.handle({ ...incomingOf(item.message), attempt });
      },
      (item) => this.#done(item),
    );
    const { stream, open } = opened;
    this.#full = new FullPartitions(opened.consumer);
    this.#reading = new Reading(stream, open, (message) => this.#received(message));
    this.ended = Promise.race([this.#reading.ended, opened.failed]);
    this.#consumer.on('consumer:group:join', () => this.#joined());
  }

  static async start(subscription: Subscription, parts: Parts): Promise<KafkaConsumption> {
    const { Consumer, stringDeserializers } = parts.library;
    const { group, topics, from } = subscription;
    const consumer: TextConsumer = new Consumer({
      ...parts.client,
      ...CONSUMER,
      groupId: group,
      deserializers: stringDeserializers,
    });
    tellOf(consumer, group, parts.log);
    // Said by one that could not join again: it reads no more.
    const failed = new Promise((resolve) => consumer.on('error', resolve));
    const offsets = [...(await groupOffsets(parts.admin, group, topics)).values()].flat();
    const hasBegun = offsets.every(({ committed }) => committed !== undefined);
    const open = (): Promise<TextStream> =>
      consumer.consume({
        topics: [...topics],
        mode: 'committed',
        // For partitions that come later, and for offsets that the topic has forgotten.
        fallbackMode: hasBegun ? 'earliest' : from,
      });
    try {
      return new KafkaConsumption(subscription, parts, {
        consumer,
        failed,
        open,
        stream: await open(),
      });
    } catch (error) {
      await consumer.close(true).catch(() => undefined);
      throw error;
    }
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    this.#reading.pause();
    await this.#lanes.stop();
    await settlesWithin(PATIENCE, this.#left());
  }

  /** A broker that is away is told nothing. */
  async #left(): Promise<void> {
    await this.#committing;
    await this.#commit();
    await this.#reading.stop().catch(() => undefined);
    await this.#consumer.close(true).catch(() => undefined);
  }

  async lag(): Promise<readonly Lag[]> {
    const { group, topics } = this.#subscription;
    const offsets = await groupOffsets(this.#parts.admin, group, topics);
    return [...offsets].flatMap(([topic, partitions]) =>
      partitions.map((one) => ({ topic, partition: one.partition, lag: behind(one) })),
    );
  }

  #received(message: TextMessage): void {
    const place = placeOf(message);
    let progress = this.#progress.get(place);
    if (progress === undefined || message.offset < progress.first) {
      progress = new Progress(message.offset);
      this.#progress.set(place, progress);
      this.#dropOthers();
    }
    if (!progress.begin(message.offset)) return;
    this.#lanes.add({ lane: `${place}/${String(message.key)}`, message, progress });
    if (progress.waiting >= MANY) this.#full.add(place);
  }

  #done(item: Received): void {
    const { message, progress } = item;
    if (!this.#isOwn(item)) return;
    progress.end(message.offset);
    const place = placeOf(message);
    this.#moved.set(place, message);
    if (progress.waiting < MANY / 2) this.#full.delete(place);
    this.#commitSoon();
  }

  #commitSoon(): void {
    this.#committing ??= new Promise<void>((resolve) => setTimeout(resolve, COMMIT))
      .then(() => this.#commit())
      .finally(() => {
        this.#committing = undefined;
        // What was done meanwhile, or could not be committed.
        if (this.#moved.size > 0 && this.#stopped === undefined) this.#commitSoon();
      });
  }

  /** What fails is tried again. */
  async #commit(): Promise<void> {
    const moved = [...this.#moved];
    this.#moved.clear();
    const offsets = moved.flatMap(([place, { topic, partition, leaderEpoch }]) => {
      const offset = this.#progress.get(place)?.committable;
      return offset === undefined ? [] : [{ topic, partition, offset, leaderEpoch }];
    });
    if (offsets.length === 0) return;
    try {
      await this.#consumer.commit({ offsets });
    } catch (error) {
      for (const [place, message] of moved)
        if (!this.#moved.has(place)) this.#moved.set(place, message);
      this.#warned(error);
    }
  }

  /** Forgets partitions that other members have now: they read them from what was committed. */
  #joined(): void {
    const own = new Set(
      (this.#consumer.assignments ?? []).flatMap(({ topic, partitions }) =>
        partitions.map((partition) => placeOf({ topic, partition })),
      ),
    );
    for (const place of this.#progress.keys()) {
      if (own.has(place)) continue;
      this.#progress.delete(place);
      this.#full.delete(place);
    }
    this.#dropOthers();
    this.#reading.renew();
  }

  /** The partition may be somebody else's by now, or be read once more from further back. */
  #isOwn({ message, progress }: Received): boolean {
    return this.#progress.get(placeOf(message)) === progress;
  }

  #dropOthers(): void {
    this.#lanes.drop((item) => !this.#isOwn(item));
  }
}

interface Opened {
  readonly consumer: TextConsumer;
  readonly failed: Promise<unknown>;
  readonly stream: TextStream;
  /** Another one, which begins at what was committed. */
  readonly open: () => Promise<TextStream>;
}

async function settlesWithin(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, late]);
  clearTimeout(timer);
}

/** Who has which partitions is what one wants to know when events wait. */
function tellOf(consumer: TextConsumer, group: string, log: BrokerLog): void {
  let warned = false;
  consumer.on('consumer:group:join', ({ assignments }) => {
    const own = partitionsOf(assignments);
    log.info(`The group '${group}' has been balanced; here: ${own || 'no partitions'}`);
    if (own === '' && !warned) {
      warned = true;
      log.warn(`The group '${group}' has more processes than partitions: this one gets no events`);
    }
  });
  const away = quietly(() => log.warn(`The group '${group}' reaches no broker`));
  consumer.on('client:broker:failed', away);
}

function partitionsOf(assignments: readonly GroupAssignment[] = []): string {
  return assignments
    .filter(({ partitions }) => partitions.length > 0)
    .map(({ topic, partitions }) => `${topic} ${partitions.join(', ')}`)
    .join('; ');
}
