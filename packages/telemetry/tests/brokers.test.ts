import { Controller, Get, Post, Vivace, type int } from 'vivace';
import { workOf } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { kafka } from '@vivace/events/kafka';
import { redis, Redis } from '@vivace/redis';
import { database } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { telemetry } from '@vivace/telemetry';
import { KafkaServer, withoutKafka } from '../../events/tests/kafka/kafka-server';
import { describeWithRedis, RedisServer } from '../../redis/tests/redis-server';
import { Collector } from './collector';

@Controller('/carts')
class Carts {
  constructor(private readonly redis: Redis) {}
  @Get('/:of') async read(of: string): Promise<string | null> {
    await this.redis.set(`carts:${of}`, 'hunter2', { seconds: 60 });
    return this.redis.get(`carts:${of}`);
  }
}

describeWithRedis('Redis', () => {
  test('a command is a span below what sends it, without its values', async () => {
    await using server = await RedisServer.start();
    await using collector = await Collector.open();
    const app = new Vivace({
      controllers: [Carts],
      extensions: [telemetry(), redis()],
      logger: false,
    });
    {
      const env = { ...collector.env, REDIS_URL: server.url };
      await using client = await testClient(app, { env });
      expect((await client.get('/carts/ann')).json()).toBe('hunter2');
    }
    const request = await collector.span('GET /carts/:of');
    const commands = collector.spans.filter(
      ({ attributes }) => attributes['db.system.name'] === 'redis',
    );
    expect(commands.map(({ attributes }) => attributes['db.operation.name'])).toEqual([
      'set',
      'get',
    ]);
    for (const command of commands) {
      expect(command.name).toMatch(/^(?:set|get) [\w-]+:\*$/);
      expect(collector.path(command)).toEqual([command.name, request.name]);
    }
    expect(collector.texts.join()).not.toMatch(/hunter2|carts:ann/);
  });
});

@Event('orders', { key: (event) => String(event.id) })
class OrderPlaced {
  id!: int;
}
@Consumer({ group: 'billing' })
class Billing {
  @On(OrderPlaced) bill(_order: OrderPlaced): void {}
}
@Controller('/orders')
class Orders {
  constructor(private readonly events: Events) {}
  @Post('/') place(): void {
    this.events.publish(OrderPlaced, { id: 7 });
  }
}
const shop = database({ entities: [] });
const db = testDatabase(shop);
const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`Kafka is not tested: ${missing}`);

(missing === undefined ? describe : describe.skip)('Kafka', () => {
  test('carries the trace of what published an event to what handles it', async () => {
    await using server = await KafkaServer.start();
    await using collector = await Collector.open();
    await using fresh = await db.fresh();
    const topics = { partitions: 1, replicas: 1 };
    const maker = kafka({ brokers: [server.address], topics });
    await maker.create(['orders', 'orders.billing.dead']);
    await maker.close();
    const app = new Vivace({
      controllers: [Orders],
      extensions: [telemetry(), shop, events({ consumers: [Billing] })],
      logger: false,
    });
    {
      const env = { ...collector.env, KAFKA_BROKERS: server.address };
      const options = { overrides: [fresh.override], env, work: 'auto' } as const;
      await using client = await testClient(app, options);
      await workOf(client, 'events');
      expect((await client.post('/orders/')).status).toBe(200);
      await collector.span('Billing.bill');
      await collector.span('orders → Billing.bill');
    }
    expect(collector.path(await collector.span('Billing.bill'))).toEqual([
      'Billing.bill',
      'orders → Billing.bill',
      'publish OrderPlaced',
      'POST /orders/',
    ]);
  });
});
