import { Controller, Post, Vivace, type int } from 'vivace';
import { workOf } from 'vivace/extend';
import { testClient } from 'vivace/testing';
import { Job, Jobs, queue } from '@vivace/queue';
import { database, Entity, Id, Session } from '@vivace/sql';
import { testDatabase } from '@vivace/sql/testing';
import { telemetry } from '@vivace/telemetry';
import { Collector } from './collector';
import { samplesOf } from './prometheus';

@Entity()
class Order {
  @Id() id!: int;
  customer!: string;
  billed: boolean = false;
}
class Bill {
  order!: int;
}
@Job()
class SendInvoice {
  constructor(private readonly db: Session) {}
  async run({ order }: Bill): Promise<void> {
    (await this.db.get(Order, { id: order })).billed = true;
  }
}
@Controller('/orders')
class Orders {
  constructor(
    private readonly db: Session,
    private readonly jobs: Jobs,
  ) {}
  @Post('/', { status: 201 }) async place(): Promise<Order> {
    const order = this.db.add(Order, { customer: 'ann-the-customer' });
    await this.db.flush();
    await this.jobs.add(SendInvoice, { order: order.id });
    await this.db.execute("select 'a-literal', 4711 from generate_series(1, 1)");
    return order;
  }
}

const orders = database({ entities: [Order] });
const app = new Vivace({
  controllers: [Orders],
  extensions: [telemetry(), orders, queue({ jobs: [SendInvoice] })],
  logger: false,
});
const db = testDatabase(orders);

test('one trace leads from the request over the database to the job, and what it does', async () => {
  await using collector = await Collector.open();
  await using fresh = await db.fresh();
  {
    const options = { overrides: [fresh.override], env: collector.env, work: 'auto' } as const;
    await using client = await testClient(app, options);
    await workOf(client, 'queue');
    expect((await client.post('/orders/')).status).toBe(201);
    await collector.span('SendInvoice.run');
    await collector.span('process SendInvoice');
  }
  const { traceId } = await collector.span('POST /orders/');
  const run = await collector.span('SendInvoice.run');
  expect(run.traceId).toBe(traceId);
  expect(collector.path(run)).toEqual([
    'SendInvoice.run',
    'process SendInvoice',
    'send SendInvoice',
    'POST /orders/',
  ]);
  const insert = collector.spans.find(({ name }) => name.startsWith('INSERT order'));
  expect(insert).toMatchObject({ traceId, kind: 3 });
  expect(insert!.attributes['db.query.text']).toContain('insert into');
  const update = collector.spans.find(({ name }) => name === 'UPDATE order');
  expect(collector.path(update!)).toContain('SendInvoice.run');
  // Neither values nor what somebody wrote into a statement.
  expect(collector.texts.join()).not.toMatch(/ann-the-customer|a-literal|\b4711\b/);
});

test('what the pool and the jobs do is counted', async () => {
  await using fresh = await db.fresh();
  await using client = await testClient(app, { overrides: [fresh.override] });
  await client.post('/orders/');
  const samples = samplesOf((await client.get('/metrics')).text);
  expect(samples).toEqual(
    expect.arrayContaining([
      { name: 'jobs', labels: { job: 'SendInvoice', state: 'waiting' }, value: 1 },
      { name: 'jobs', labels: { job: 'SendInvoice', state: 'dead' }, value: 0 },
      { name: 'db_pool_connections', labels: { state: 'idle' }, value: expect.any(Number) },
      { name: 'db_pool_waiting', labels: {}, value: expect.any(Number) },
    ]),
  );
});
