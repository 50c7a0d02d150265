import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Admin } from '@platformatic/kafka';
import { kafka } from '@vivace/events/kafka';
import type { Broker, Incoming, Outgoing } from '../../src';
import { KafkaServer, withoutKafka } from './kafka-server';

const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`Partitions of Kafka are not tried: ${missing}`);

const quiet = { info: () => undefined, warn: () => undefined };

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(20);
}

(missing === undefined ? describe : describe.skip)('a group of Kafka', () => {
  let server: KafkaServer;
  let topic: string;
  let broker: Broker;
  beforeAll(async () => {
    server = await KafkaServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(async () => {
    topic = `parts-${randomUUID()}`;
    broker = await open();
  });
  afterEach(() => broker.close());

  /** Of a process. */
  async function open(): Promise<Broker> {
    const opened = kafka({ brokers: [server.address], topics: { partitions: 3 } });
    await opened.create([topic]);
    await opened.open([{ group: topic, topics: [topic], from: 'earliest' }], quiet);
    return opened;
  }
  async function administered(work: (admin: Admin) => Promise<unknown>): Promise<void> {
    const library = await import('@platformatic/kafka');
    const admin = new library.Admin({ clientId: 'test', bootstrapBrokers: [server.address] });
    await work(admin);
    await admin.close();
  }
  const consume = (by: Broker, handle: (message: Incoming) => Promise<void>) =>
    by.consume({ group: topic, topics: [topic], from: 'earliest', concurrency: 8, handle });
  /** Without an id of its own each has its place as id: `<topic>/<partition>/<offset>`. */
  const message = (key: string, value = '{}'): Outgoing => ({
    id: '',
    topic,
    key,
    value,
    headers: {},
  });
  const partitionOf = ({ id }: { readonly id: string }): number => Number(id.split('/')[1]);
  /** Keys of the same partition, and one of another. */
  async function keys() {
    const messages = Array.from({ length: 30 }, (_, at) => message(`key ${at}`));
    await broker.send(messages);
    const kept = await broker.waiting(topic, topic, messages.length);
    const [slow] = kept;
    const isNear = (one: Outgoing): boolean => partitionOf(one) === partitionOf(slow!);
    const near = kept.find((one) => one.key !== slow!.key && isNear(one));
    const far = kept.find((one) => !isNear(one));
    return { slow: slow!.key, near: near!.key, far: far!.key };
  }

  it('tells its lag by partition', async () => {
    const { slow, far } = await keys();
    const gate = Promise.withResolvers<void>();
    const begun: Incoming[] = [];
    const reading = await consume(broker, async (one) => {
      begun.push(one);
      if (one.key === slow) await gate.promise;
    });
    await broker.send([message(slow), message(slow), message(far)]);
    const lags = async () => (await reading.lag()).filter(({ lag }) => lag > 0);
    await until(async () => begun.length >= 31 && (await lags()).length === 1);
    const partition = partitionOf(begun.find(({ key }) => key === slow)!);
    expect(await lags()).toEqual([{ topic, partition, lag: expect.any(Number) as number }]);
    expect(await reading.lag()).toHaveLength(3);
    gate.resolve();
    await until(async () => (await lags()).length === 0);
    await reading.stop();
  });

  it('holds back a partition of which more than a thousand events wait, and no other', async () => {
    const { slow, near, far } = await keys();
    const gate = Promise.withResolvers<void>();
    const handled = new Map<string, number>();
    let last = false;
    const reading = await consume(broker, async ({ key, value }) => {
      if (key === slow) await gate.promise;
      if (value === '"last"') last = true;
      handled.set(key, (handled.get(key) ?? 0) + 1);
    });
    // More than one answer of the broker has.
    const large = JSON.stringify('x'.repeat(10_000));
    for (let batch = 0; batch < 20; batch += 1)
      await broker.send(Array.from({ length: 100 }, () => message(slow, large)));
    await broker.send([message(near, '"last"')]);
    for (let batch = 0; batch < 20; batch += 1)
      await broker.send(Array.from({ length: 100 }, () => message(far)));
    await until(() => (handled.get(far) ?? 0) >= 2001);
    expect([handled.get(slow), last]).toEqual([undefined, false]);
    gate.resolve();
    await until(() => last);
    expect(handled.get(slow)).toBe(2001);
    await reading.stop();
  });

  it('tries an event no more whose partition another process has now', async () => {
    const tries = new Map<string, string[]>();
    const failing = (name: string) => async (one: Incoming) => {
      tries.set(one.id, [...(tries.get(one.id) ?? []), `${name} ${one.attempt}`]);
      throw new Error('poison');
    };
    const moved = () => [...tries.values()].filter((names) => names.includes('second 3'));
    const first = await consume(broker, failing('first'));
    await broker.send(Array.from({ length: 30 }, (_, at) => message(`key ${at}`)));
    await until(() => tries.size === 30);
    const other = await open();
    const second = await consume(other, failing('second'));
    await until(() => moved().length > 0);
    for (const names of moved())
      expect(names.slice(names.indexOf('second 1'))).toEqual(['second 1', 'second 2', 'second 3']);
    await first.stop();
    await second.stop();
    await other.close();
  });

  it('gets what is larger than an event may be, as a dead letter of another producer is', async () => {
    const values: string[] = [];
    const reading = await consume(broker, async ({ value }) => void values.push(value));
    const large = JSON.stringify('x'.repeat(3_000_000));
    await broker.send([message('a'), message('a', large), message('a')]);
    await until(() => values.length === 3);
    expect(values.map(({ length }) => length)).toEqual([2, large.length, 2]);
    await reading.stop();
  });

  it('gets what other producers have sent, whatever they say of its time and its id', async () => {
    const ids: string[] = [];
    const reading = await consume(broker, async ({ id, headers }) => {
      ids.push(id);
      expect(headers['event-time']).toMatch(/^\d{4}-\d\d-\d\dT/);
    });
    const { Producer, stringSerializers } = await import('@platformatic/kafka');
    const producer = new Producer({
      clientId: 'another',
      bootstrapBrokers: [server.address],
      serializers: stringSerializers,
    });
    const timestamp = -9_000_000_000_000_000n;
    const one = { topic, key: 'a', value: '{}' };
    await producer.send({
      messages: [
        { ...one, timestamp },
        { ...one, headers: { 'event-id': '' } },
      ],
    });
    await until(() => ids.length === 2);
    expect(ids).toEqual(
      [0, 1].map((offset) => `${topic}/${partitionOf({ id: ids[0]! })}/${offset}`),
    );
    await producer.close();
    await reading.stop();
  });

  it('that begins with what comes has all of a partition that its topic gets later', async () => {
    const late = { group: `${topic}-late`, topics: [topic], from: 'latest' } as const;
    await broker.send([message('before')]);
    await broker.open([late], quiet);
    await administered((admin) => admin.createPartitions({ topics: [{ name: topic, count: 9 }] }));
    const messages = Array.from({ length: 30 }, (_, at) => message(`key ${at}`));
    await (await open()).send(messages);
    await broker.open([late], quiet);
    const keys = new Set<string>();
    const reading = await broker.consume({
      ...late,
      concurrency: 8,
      handle: async ({ key }) => void keys.add(key),
    });
    await until(() => keys.size === messages.length);
    expect(keys).toEqual(new Set(messages.map(({ key }) => key)));
    await reading.stop();
  });

  it('has nothing left of what the topic has forgotten', async () => {
    await broker.send(Array.from({ length: 30 }, (_, at) => message(`key ${at}`)));
    const partitions = [0, 1, 2].map((partition) => ({ partition, offset: -1n }));
    await administered((admin) => admin.deleteRecords({ topics: [{ name: topic, partitions }] }));
    expect(await broker.waiting(topic, topic, 100)).toEqual([]);
    const reading = await consume(broker, async () => undefined);
    expect((await reading.lag()).map(({ lag }) => lag)).toEqual([0, 0, 0]);
    await reading.stop();
  });
});
