import { setTimeout } from 'node:timers/promises';
import { Pool } from 'pg';
import { Vivace } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { events } from '@vivace/events';
import { deliver } from '@vivace/events/testing';
import { testDatabase } from '@vivace/sql/testing';
import { PostgresBroker } from '../src/postgres/postgres-broker';
import {
  app,
  Billing,
  failures,
  orderDatabase,
  Orders,
  Refused,
  Statistics,
  tries,
} from './programs/orders';

const db = testDatabase(orderDatabase);
let fresh: Awaited<ReturnType<typeof db.fresh>>;
beforeEach(async () => {
  fresh = await db.fresh();
  tries.length = 0;
  failures.clear();
});
afterEach(() => fresh[Symbol.asyncDispose]());

/** A process of the application, whose work begins by itself. */
const working = (program: Vivace = app) =>
  testClient(program, { overrides: [fresh.override], work: 'auto' });
async function place(client: TestClient, quantity: number): Promise<void> {
  const { status } = await client.post('/orders/', { json: { quantity } });
  expect(status).toBe(201);
}
const effects = async (client: TestClient) =>
  (await client.get('/orders/effects')).json<string[]>();
const states = async (client: TestClient) =>
  (await client.get('/orders/')).json<{ state: string }[]>().map(({ state }) => state);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(20);
}

describe('work', () => {
  it('handles what is published, by itself', async () => {
    await using client = await working();
    await place(client, 1);
    await until(async () => (await effects(client)).length === 3);
    expect((await effects(client)).toSorted()).toEqual([
      'billed 1',
      'placed 1 orders true',
      'seen true',
    ]);
    expect(await states(client)).toEqual(['billed']);
    expect((await client.get('/readyz')).json()).toMatchObject({ checks: { events: 'ok' } });
  });

  it('shares events between processes, each with effect once', async () => {
    await using first = await working();
    await using second = await working();
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => place(at % 2 === 0 ? first : second, at + 20)),
    );
    await deliver(first);
    const billed = (await effects(first)).filter((text) => text.startsWith('billed'));
    expect(new Set(billed).size).toBe(40);
    expect(billed).toHaveLength(40);
    expect(new Set(await states(second))).toEqual(new Set(['billed']));
  });

  it('tries again after a pause, and others do not wait for it', async () => {
    await using client = await working();
    failures.set(1, (attempt) => {
      if (attempt === 1) throw new Error('first');
    });
    await place(client, 1);
    await place(client, 2);
    await until(async () => (await states(client)).every((state) => state === 'billed'));
    expect(tries.indexOf('2 1')).toBeLessThan(tries.indexOf('1 2'));
  });

  it('makes a dead letter of what fails at last, with its error', async () => {
    await using client = await working();
    failures.set(1, () => {
      throw new Refused('never');
    });
    await place(client, 1);
    await until(() => tries.length === 1);
    const pool = new Pool({ connectionString: fresh.url, max: 2 });
    pool.on('error', () => undefined);
    const broker = new PostgresBroker(pool);
    const dead = () => broker.waiting('billing.dead', 'orders.billing.dead', 10);
    await until(async () => (await dead()).length === 1);
    expect(await dead()).toMatchObject([
      { headers: { 'dead-error': 'never', 'dead-topic': 'orders', 'dead-attempts': '1' } },
    ]);
    await pool.end();
    expect(tries).toEqual(['1 1']);
  });

  it('finishes what it has begun when it stops, and leaves the rest to others', async () => {
    const gate = Promise.withResolvers<void>();
    const many = Array.from({ length: 20 }, (_, at) => at + 20);
    for (const quantity of many) failures.set(quantity, () => gate.promise);
    {
      await using idle = await testClient(app, { overrides: [fresh.override] });
      for (const quantity of many) await place(idle, quantity);
    }
    const client = await working();
    await until(() => tries.length === 8);
    const closed = client.close();
    gate.resolve();
    await closed;
    expect(tries).toHaveLength(8);
    await using other = await working();
    await until(async () => (await states(other)).every((state) => state === 'billed'));
    expect(tries).toHaveLength(20);
  });

  it('gives back what does not end in time, and that was no try', async () => {
    const gate = Promise.withResolvers<void>();
    failures.set(1, () => gate.promise);
    const hurried = new Vivace({
      controllers: [Orders],
      extensions: [orderDatabase, events({ consumers: [Billing, Statistics] })],
      timeouts: { shutdown: 1.2 },
    });
    const client = await working(hurried);
    await place(client, 1);
    await until(() => tries.length === 1);
    await client.close();
    failures.clear();
    gate.resolve();
    await using other = await working();
    await until(async () => (await states(other)).includes('billed'));
    expect(tries).toEqual(['1 1', '1 1']);
  });

  it('hears of events that were published while nobody worked', async () => {
    {
      await using client = await testClient(app, { overrides: [fresh.override] });
      await place(client, 1);
    }
    await using client = await working();
    await until(async () => (await states(client)).includes('billed'));
  });
});
