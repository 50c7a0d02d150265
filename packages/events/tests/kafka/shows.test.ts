import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { Vivace } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { events } from '@vivace/events';
import { kafka } from '@vivace/events/kafka';
import { deliver } from '@vivace/events/testing';
import { testDatabase } from '@vivace/sql/testing';
import type { Incoming } from '../../src/broker/broker';
import { checkTopics } from '../../src/broker/topics';
import { eventsCommand } from '../../src/commands/commands';
import { Billing, failures, orderDatabase, Orders, Refused, Statistics } from '../programs/orders';
import { KafkaServer, withoutKafka } from './kafka-server';

const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`What is shown on Kafka is not tried: ${missing}`);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(20);
}

(missing === undefined ? describe : describe.skip)('on Kafka', () => {
  let server: KafkaServer;
  const brokerWith = (partitions: number) =>
    kafka({ brokers: [server.address], topics: { partitions } });
  beforeAll(async () => {
    server = await KafkaServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describe('a group', () => {
    /** Sends to a topic of its own, of one partition, and gives what is handled. */
    async function handled(
      sent: readonly { readonly key: string; readonly headers?: Record<string, string> }[],
      handle: (message: Incoming) => void,
    ): Promise<readonly Incoming[]> {
      const topic = `one-${randomUUID()}`;
      const broker = brokerWith(1);
      await broker.create([topic]);
      const group = { group: topic, topics: [topic], from: 'earliest' } as const;
      await broker.open([group], { info: () => undefined, warn: () => undefined });
      const messages: Incoming[] = [];
      const done = new Set<string>();
      const reading = await broker.consume({
        ...group,
        concurrency: 8,
        handle: async (message) => {
          messages.push(message);
          handle(message);
          done.add(message.id);
        },
      });
      await broker.send(
        sent.map(({ key, headers }, at) => ({
          id: '',
          topic,
          key,
          value: '{}',
          headers: headers ?? { 'event-id': String(at) },
        })),
      );
      await until(() => done.size === sent.length);
      await reading.stop();
      await broker.close();
      return messages;
    }

    it('is held back by a poisonous event for its key alone: all others of the partition come before its next try', async () => {
      const others = Array.from({ length: 50 }, (_, at) => ({ key: `k${at}` }));
      const messages = await handled([{ key: 'poison' }, ...others], ({ key, attempt }) => {
        if (key === 'poison' && attempt === 1) throw new Error('poison');
      });
      expect(messages.at(-1)).toMatchObject({ key: 'poison', attempt: 2 });
      expect(messages).toHaveLength(52);
    });

    it('gives what another producer has sent its place as id', async () => {
      const [message] = await handled([{ key: 'k', headers: {} }], () => undefined);
      expect(message!.id).toBe(`${message!.topic}/0/0`);
      expect(message!.headers['event-time']).toMatch(/^\d{4}-/);
    });
  });

  describe('an application', () => {
    const db = testDatabase(orderDatabase);
    let fresh: Awaited<ReturnType<typeof db.fresh>>;
    const application = (lines: string[] = []): Vivace =>
      new Vivace({
        controllers: [Orders],
        extensions: [
          orderDatabase,
          events({ consumers: [Billing, Statistics], broker: brokerWith(3) }),
        ],
        logger: { level: 'info', stream: { write: (line: string) => void lines.push(line) } },
      });
    const working = (lines?: string[]): Promise<TestClient> =>
      testClient(application(lines), { overrides: [fresh.override], work: 'auto' });
    /** A process that has its share of what the others had. */
    const sharing = async (): Promise<TestClient> => {
      const lines: string[] = [];
      const client = await working(lines);
      await until(() =>
        lines.some((line) => /'billing' has been balanced; here: orders/.test(line)),
      );
      return client;
    };
    const place = async (client: TestClient, quantity: number): Promise<void> =>
      void (await client.post('/orders/', { json: { quantity } }));
    const allBilled = async (client: TestClient): Promise<boolean> =>
      (await client.get('/orders/'))
        .json<{ state: string }[]>()
        .every(({ state }) => state === 'billed');

    /** `vivace events …` of it. */
    async function command(...words: string[]): Promise<readonly string[]> {
      const app = application();
      const overrides = [fresh.override];
      const built = Object.assign(Object.create(app) as Vivace, {
        build: () => app.build({ overrides }),
      });
      const lines: string[] = [];
      const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
      const project = { root: __dirname, application: async () => built };
      eventsCommand(program, project, (...words: string[]) => void lines.push(words.join(' ')));
      await program.parseAsync(['events', ...words], { from: 'user' });
      return lines;
    }

    beforeEach(async () => {
      fresh = await db.fresh();
      failures.clear();
    });
    afterEach(() => fresh[Symbol.asyncDispose]());

    it('has its topics made by a command, which tells of those that are missing', async () => {
      const topics = ['orders', 'orders.billing.dead', 'orders.statistics.dead'];
      const broker = brokerWith(3);
      await broker.create(topics.slice(0, 1));
      await broker.close();
      await expect(command('topics')).rejects.toThrow('orders.billing.dead  missing');
      expect(await command('topics', '--create')).toEqual([
        'orders  there',
        'orders.billing.dead  made',
        'orders.statistics.dead  made',
      ]);
      expect(await command('topics')).toEqual(topics.map((topic) => `${topic}  there`));
    });

    it('does not start where Kafka keeps events for longer than it is kept that they were handled', async () => {
      const groups = [{ group: 'billing', topics: ['orders'] }];
      const broker = brokerWith(3);
      await checkTopics(broker, groups, 7, 'boot');
      await expect(checkTopics(broker, groups, 6, 'boot')).rejects.toMatchObject({
        code: 'MARKS_TOO_SHORT',
      });
      await broker.close();
    });

    it('has each event take effect once, while three processes come and go and handle them', async () => {
      await using first = await working();
      let placed = 0;
      const over = new AbortController();
      const placing = (async () => {
        while (!over.signal.aborted) await place(first, 20 + (placed += 1));
      })();
      const placedMore = (count: number): Promise<void> => {
        const before = placed;
        return until(() => placed >= before + count);
      };
      {
        await using _second = await sharing();
        {
          await using _third = await sharing();
          await placedMore(10);
        }
        await placedMore(10);
      }
      over.abort();
      await placing;
      await until(() => allBilled(first));
      await deliver(first);
      const effects = (await first.get('/orders/effects')).json<string[]>();
      const billed = effects.filter((text) => text.startsWith('billed'));
      expect([billed.length, new Set(billed).size]).toEqual([placed, placed]);
      expect(effects.filter((text) => text.startsWith('seen'))).toHaveLength(placed);
    });

    it('lists its dead letters, and gives them to their group once more', async () => {
      await using client = await working();
      failures.set(1, () => {
        throw new Refused('no money');
      });
      await place(client, 1);
      let letters: readonly string[] = [];
      await until(async () => {
        letters = await command('dead', 'billing');
        return letters[0] !== 'No event is dead.';
      });
      expect(letters).toEqual([expect.stringMatching(/ {2}orders {2}OrderPlaced .+ no money$/)]);
      failures.clear();
      expect(await command('dead', 'billing', '--replay')).toEqual([
        '1 event comes to billing again.',
      ]);
      await until(() => allBilled(client));
      expect(await command('dead', 'billing')).toEqual(['No event is dead.']);
    });
  });
});
