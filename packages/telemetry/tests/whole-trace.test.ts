import { Controller, dependency, Depends, Post, Vivace, type int } from 'vivace';
import { workOf } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { kafka } from '@vivace/events/kafka';
import { Job, Jobs, queue } from '@vivace/queue';
import { database, Entity, Id, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { telemetry } from '@vivace/telemetry';
import { KafkaServer, withoutKafka } from '../../events/tests/kafka/kafka-server';
import { Collector, type ReceivedSpan } from './collector';

@Entity()
class Order {
  @Id() id!: int;
  state: string = 'placed';
}
@Event('orders', { key: (event) => String(event.id) })
class OrderPlaced {
  id!: int;
}
class Bill {
  order!: int;
}
@Job()
class SendInvoice {
  constructor(private readonly db: Session) {}
  async run({ order }: Bill): Promise<void> {
    (await this.db.get(Order, { id: order })).state = 'billed';
  }
}
@Consumer({ group: 'billing' })
class Billing {
  constructor(private readonly jobs: Jobs) {}
  @On(OrderPlaced) async bill({ id }: OrderPlaced): Promise<void> {
    await this.jobs.add(SendInvoice, { order: id });
  }
}

/** How many orders there are, asked for before each request. */
const orderCount = dependency({ db: Session }, ({ db }) => db.count(Order), {
  name: 'orderCount',
});

@Controller('/orders')
class Orders {
  constructor(
    private readonly db: Session,
    private readonly events: Events,
  ) {}
  @Post('/', { status: 201 })
  async place(@Depends(orderCount) _count: number): Promise<Order> {
    const order = this.db.add(Order, {});
    await this.db.flush();
    this.events.publish(OrderPlaced, { id: order.id });
    return order;
  }
}

const shop = database({ entities: [Order] });
const db = testDatabase(shop);
const missing = process.env['CI'] === undefined ? withoutKafka() : undefined;
if (missing !== undefined) console.info(`The trace over Kafka is not tested: ${missing}`);

(missing === undefined ? test : test.skip)(
  'one trace leads from the request over its dependency, the database, the outbox and Kafka to the consumer and its job',
  async () => {
    await using server = await KafkaServer.start();
    await using collector = await Collector.open();
    await using fresh = await db.fresh();
    const broker = kafka({
      brokers: [server.address],
      topics: { partitions: 1, replicas: 1 },
    });
    await broker.create(['orders', 'orders.billing.dead']);
    const app = new Vivace({
      controllers: [Orders],
      extensions: [
        telemetry(),
        shop,
        queue({ jobs: [SendInvoice] }),
        events({ consumers: [Billing] }),
      ],
      logger: false,
    });
    {
      const env = { ...collector.env, KAFKA_BROKERS: server.address };
      const options = { overrides: [fresh.override], env, work: 'auto' } as const;
      await using client = await testClient(app, options);
      await workOf(client, 'events');
      await workOf(client, 'queue');
      expect((await client.post('/orders/')).status).toBe(201);
      await collector.span('process SendInvoice');
    }
    const [message] = await broker.waiting('somebody', 'orders', 1);
    await broker.close();

    const request = await collector.span('POST /orders/');
    const named = (name: string): ReceivedSpan => {
      const found = collector.spans.find(
        (span) => span.name === name && span.traceId === request.traceId,
      );
      if (found === undefined) throw new Error(`No span of this trace is named '${name}'.`);
      return found;
    };
    /** Each span, and the one that it has to be below: by its id. */
    const parents = {
      orderCount: 'POST /orders/',
      'SELECT order': 'orderCount',
      'INSERT order': 'POST /orders/',
      'publish OrderPlaced': 'POST /orders/',
      'close session': 'POST /orders/',
      'INSERT event_outbox': 'close session',
      'orders → Billing.bill': 'publish OrderPlaced',
      'Billing.bill': 'orders → Billing.bill',
      'send SendInvoice': 'Billing.bill',
      'process SendInvoice': 'send SendInvoice',
      'SendInvoice.run': 'process SendInvoice',
      'UPDATE order': 'SendInvoice.run',
    };
    for (const [name, parent] of Object.entries(parents))
      expect([name, named(name).parentSpanId]).toEqual([name, named(parent).spanId]);
    expect(request.parentSpanId ?? '').toBe('');
    expect(new Set(collector.spans.map(({ spanId }) => spanId)).size).toBe(collector.spans.length);
    // What lay in Kafka says where it belongs.
    expect(message!.headers['traceparent']).toBe(
      `00-${request.traceId}-${named('publish OrderPlaced').spanId}-01`,
    );
  },
  120_000,
);
