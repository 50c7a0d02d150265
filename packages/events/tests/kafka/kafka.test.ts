import { setTimeout } from 'node:timers/promises';
import { Vivace } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { events } from '@vivace/events';
import { kafka } from '@vivace/events/kafka';
import { brokerContract, deliver } from '@vivace/events/testing';
import { testDatabase } from '@vivace/sql/testing';
import { Billing, failures, orderDatabase, Orders, Statistics, tries } from '../programs/orders';
import { KafkaServer, withoutKafka } from './kafka-server';

const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`Kafka is not tried: ${missing}`);

let server: KafkaServer;
const create = () => kafka({ brokers: [server.address], topics: { partitions: 4 } });

(missing === undefined ? describe : describe.skip)('Kafka', () => {
  beforeAll(async () => {
    server = await KafkaServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  for (const [name, check] of Object.entries(brokerContract(create))) it(name, check);

  describe('with an application', () => {
    const db = testDatabase(orderDatabase);
    let fresh: Awaited<ReturnType<typeof db.fresh>>;
    const lines: string[] = [];
    const topics = ['orders', 'orders.billing.dead', 'orders.statistics.dead'];

    beforeEach(async () => {
      fresh = await db.fresh();
      lines.length = 0;
      tries.length = 0;
      failures.clear();
    });
    afterEach(() => fresh[Symbol.asyncDispose]());

    /** A process of the application; without a broker it takes the database. */
    const working = (broker: ReturnType<typeof create> | undefined = create()) =>
      testClient(
        new Vivace({
          controllers: [Orders],
          extensions: [
            orderDatabase,
            events({ consumers: [Billing, Statistics], ...(broker !== undefined && { broker }) }),
          ],
          logger: { level: 'info', stream: { write: (line: string) => void lines.push(line) } },
        }),
        { overrides: [fresh.override], work: 'auto' },
      );
    async function place(client: TestClient, quantity: number): Promise<void> {
      expect((await client.post('/orders/', { json: { quantity } })).status).toBe(201);
    }
    const states = async (client: TestClient) =>
      (await client.get('/orders/')).json<{ state: string }[]>().map(({ state }) => state);
    const allBilled = async (client: TestClient) =>
      (await states(client)).every((state) => state === 'billed');
    async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
      while (!(await condition())) await setTimeout(20);
    }

    it('does not work where a topic is missing, and says so', async () => {
      await using client = await working();
      await until(() => lines.some((line) => line.includes("Kafka has no topic 'orders'")));
      expect((await client.get('/readyz')).status).toBe(503);
      // What is published waits.
      await place(client, 1);
    });

    it('handles what requests publish, each with effect once, and tells which partitions it has', async () => {
      await create().create(topics);
      await using first = await working();
      await using second = await working();
      for (let quantity = 20; quantity < 50; quantity += 1)
        await place(quantity % 2 === 0 ? first : second, quantity);
      await until(() => allBilled(first));
      await deliver(first);
      const effects = (await second.get('/orders/effects')).json<string[]>();
      const billed = effects.filter((text) => text.startsWith('billed'));
      expect([billed.length, new Set(billed).size]).toEqual([30, 30]);
      expect(lines.some((line) => /'billing' has been balanced; here: orders \d/.test(line))).toBe(
        true,
      );
    });

    it('does not work where a topic takes no events as large as may be published, and says so', async () => {
      const large = kafka({ brokers: [server.address], maxMessage: 2_000_000 });
      await using client = await working(large);
      await until(() =>
        lines.some((line) => /MESSAGE_LIMIT.* takes events of 102\d{4} bytes at most/.test(line)),
      );
      expect((await client.get('/readyz')).status).toBe(503);
    });

    it('warns of a process that gets no partition', async () => {
      const clients = [];
      for (let one = 0; one < 5; one += 1) clients.push(await working());
      await until(() => lines.some((line) => line.includes('has more processes than partitions')));
      for (const client of clients) await client.close();
    });

    it('waits for a broker that is frozen, and goes on', async () => {
      await using client = await working();
      await place(client, 1);
      await until(() => allBilled(client));
      await server.tell('pause');
      for (const quantity of [2, 3, 4]) await place(client, quantity);
      await until(() => lines.some((line) => line.includes('Events wait: Kafka')));
      await server.tell('resume');
      await until(() => allBilled(client));
      await deliver(client);
      expect(tries.toSorted()).toEqual(['1 1', '2 1', '3 1', '4 1']);
    });

    it('begins anew when its broker dies, and is ready again with it', async () => {
      await using client = await working();
      await until(async () => (await client.get('/readyz')).status === 200);
      await server.tell('crash');
      await place(client, 1);
      await server.tell('restart');
      await until(() => allBilled(client));
      await until(async () => (await client.get('/readyz')).status === 200);
    });

    it('takes what is left in the database first, when the program moves to it', async () => {
      const gate = Promise.withResolvers<void>();
      {
        const client = await testClient(
          new Vivace({
            controllers: [Orders],
            extensions: [orderDatabase, events({ consumers: [Billing, Statistics] })],
            timeouts: { shutdown: 1.2 },
          }),
          { overrides: [fresh.override], work: 'auto' },
        );
        failures.set(1, () => gate.promise);
        await place(client, 1);
        await until(() => tries.length === 1);
        await client.close();
        failures.clear();
        gate.resolve();
      }
      await using client = await working();
      await place(client, 2);
      await until(() => allBilled(client));
      expect(tries).toEqual(['1 1', '1 1', '2 1']);
    });
  });
});
