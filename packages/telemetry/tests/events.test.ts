import { channel } from 'node:diagnostics_channel';
import { Controller, dependency, Post, Vivace, type int } from 'vivace';
import { testClient } from 'vivace/testing';
import { Consumer, Event, Events, events, On } from '@vivace/events';
import { deliver } from '@vivace/events/testing';
import { Job, Jobs, queue } from '@vivace/queue';
import { runJobs } from '@vivace/queue/testing';
import { database, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { telemetry } from '@vivace/telemetry';
import { Collector } from './collector';

@Event('orders', { key: (event) => String(event.id) })
class OrderPlaced {
  id!: int;
}
@Job()
class SendInvoice {
  run(): void {}
}
@Consumer({ group: 'billing' })
class Billing {
  constructor(private readonly jobs: Jobs) {}
  @On(OrderPlaced) async bill(_order: OrderPlaced): Promise<void> {
    await this.jobs.add(SendInvoice, undefined);
  }
}
@Controller('/orders')
class Orders {
  constructor(private readonly events: Events) {}
  @Post('/') place(): void {
    this.events.publish(OrderPlaced, { id: 7 });
  }
}

const told: unknown[] = [];
const errors = (error: unknown): void => void told.push(error);

const shop = database({ entities: [] });
const app = new Vivace({
  controllers: [Orders],
  extensions: [
    telemetry({ errors }),
    shop,
    queue({ jobs: [SendInvoice] }),
    events({ consumers: [Billing] }),
  ],
  logger: false,
});
const db = testDatabase(shop);

test('one trace leads from the request over the outbox to the consumer and the job that it adds', async () => {
  await using collector = await Collector.open();
  await using fresh = await db.fresh();
  {
    const options = { overrides: [fresh.override], env: collector.env };
    await using client = await testClient(app, options);
    expect((await client.post('/orders/')).status).toBe(200);
    await deliver(client);
    await runJobs(client);
  }
  const bill = await collector.span('Billing.bill');
  expect(collector.path(bill)).toEqual([
    'Billing.bill',
    'orders → Billing.bill',
    'publish OrderPlaced',
    'POST /orders/',
  ]);
  const { traceId } = await collector.span('POST /orders/');
  expect(await collector.span('orders → Billing.bill')).toMatchObject({
    traceId,
    kind: 5,
    attributes: { 'messaging.consumer.group.name': 'billing', 'messaging.delivery.attempt': 1 },
  });
  expect(collector.path(await collector.span('send SendInvoice'))).toEqual([
    'send SendInvoice',
    ...collector.path(bill),
  ]);
});

test('an event that was handled before is no error when it comes again', async () => {
  const handledBefore = dependency({ db: Session }, ({ db }) =>
    db.execute(`insert into vivace_events.event_handled (consumer, event)
      select 'billing', id::text from vivace_events.event_outbox`),
  );
  await using client = await testClient(app, { overrides: [db.rollback()] });
  await client.post('/orders/');
  await client.server.run(handledBefore);
  await deliver(client);
  expect(told).toEqual([]);
});

test('how many events wait is told as it was counted', async () => {
  await using fresh = await db.fresh();
  await using client = await testClient(app, { overrides: [fresh.override] });
  const lag = [
    { group: 'billing', topic: 'orders', lag: 3 },
    { group: 'mails', topic: 'orders', partition: 0, lag: 4 },
  ];
  channel('vivace:events').publish({ waiting: 2, lag });
  const text = (await client.get('/metrics')).text;
  expect(text).toContain('events_waiting 2\n');
  expect(text).toContain('events_lag{group="billing",topic="orders"} 3\n');
  expect(text).toContain('events_lag{group="mails",topic="orders",partition="0"} 4\n');
});
