import { testClient, type TestClient } from 'vivace/testing';
import { Event } from '@vivace/events';
import { deliver, published } from '@vivace/events/testing';
import { testDatabase } from '@vivace/sql/testing';
import {
  app,
  failures,
  orderDatabase,
  OrderBilled,
  OrderPlaced,
  Refused,
  tries,
  withEvents,
} from './programs/orders';

const db = testDatabase(orderDatabase);
const opened = () => testClient(app, { overrides: [db.rollback()] });
const place = (client: TestClient, quantity: number) =>
  client.post('/orders/', { json: { quantity } });
const effects = async (client: TestClient) =>
  (await client.get('/orders/effects')).json<string[]>();

beforeEach(() => {
  tries.length = 0;
  failures.clear();
});

describe('an event that a request publishes', () => {
  it('is there with the commit, and every group handles it, and what handlers publish', async () => {
    await using client = await opened();
    const { id } = (await place(client, 1)).json<{ id: string }>();
    expect(await published(client, OrderPlaced)).toEqual([{ id, quantity: 1 }]);
    expect(tries).toEqual([]);
    await deliver(client);
    await deliver(client);
    expect(await effects(client)).toEqual(['billed 1', 'placed 1 orders true', 'seen true']);
    expect((await client.get('/orders/')).json()).toMatchObject([{ state: 'billed' }]);
    expect(await published(client, OrderBilled)).toMatchObject([{ id }]);
    expect(await published(client, OrderPlaced)).toHaveLength(1);
  });

  it('is taken back with the request', async () => {
    await using client = await opened();
    expect((await place(client, 13)).status).toBe(409);
    expect(await published(client, OrderPlaced)).toEqual([]);
    await deliver(client);
    expect(tries).toEqual([]);
  });

  it('is taken back with a nested transaction, and keeps the order of the others', async () => {
    await using client = await opened();
    const ids = [1, 2, 3, 4].map(() => crypto.randomUUID());
    await client.server.run(
      withEvents(async (events, session) => {
        const publish = (quantity: number): void =>
          events.publish(OrderPlaced, { id: ids[0], quantity } as OrderPlaced);
        publish(1);
        await session.transactional(async () => publish(2));
        await session
          .transactional(async () => {
            publish(3);
            throw new Error('inner');
          })
          .catch(() => undefined);
        publish(4);
      }),
    );
    expect((await published(client, OrderPlaced)).map(({ quantity }) => quantity)).toEqual([
      1, 2, 4,
    ]);
  });
});

describe('publish', () => {
  const refused = async (data: object): Promise<unknown> => {
    await using client = await opened();
    return client.server
      .run(withEvents(async (events) => events.publish(OrderPlaced, data as OrderPlaced)))
      .catch((error: unknown) => error);
  };
  const id = crypto.randomUUID();

  it('refuses what breaks a rule of the class', async () => {
    expect(String(await refused({ id, quantity: -1 }))).toMatch(
      /^EventRefused: The event OrderPlaced was not published: quantity: /,
    );
    expect(String(await refused({ quantity: 1 }))).toMatch(/not published: id: Field required/);
  });

  it('refuses a class that is no event', async () => {
    class Nothing {}
    await using client = await opened();
    await expect(
      client.server.run(withEvents(async (events) => events.publish(new Nothing()))),
    ).rejects.toThrow('Nothing is no event: write @Event');
  });

  it('refuses what is too large', async () => {
    @Event('notes', { key: () => 'all' })
    class Note {
      text!: string;
    }
    await using client = await opened();
    const publish = (length: number) =>
      client.server.run(
        withEvents(async (events) => events.publish(Note, { text: 'x'.repeat(length) })),
      );
    await publish(900_000);
    await expect(publish(1_000_000)).rejects.toThrow(
      /it has 10000\d\d bytes, and 1000000 are carried/,
    );
  });

  it('takes an instance, and leaves out what is no field', async () => {
    await using client = await opened();
    await client.server.run(
      withEvents(async (events) => {
        events.publish(Object.assign(new OrderPlaced(), { id, quantity: 7, secret: 'x' }));
      }),
    );
    expect(await published(client, OrderPlaced)).toEqual([{ id, quantity: 7 }]);
  });
});

test('more than 100,000 events that wait are a warning of /readyz, and publishing goes on', async () => {
  await using client = await opened();
  const insert = (count: number) =>
    client.server.run(
      withEvents(async (_, session) =>
        session.execute(
          `insert into vivace_events.event_outbox (id, topic, key, value, headers)
            select gen_random_uuid(), 'orders', 'k', '{}', '{}' from generate_series(1, ${count})`,
        ),
      ),
    );
  await insert(100_000);
  expect((await client.get('/readyz')).json()).toMatchObject({ checks: { events: 'ok' } });
  expect((await place(client, 1)).status).toBe(201);
  const ready = await client.get('/readyz');
  expect(ready.status).toBe(200);
  expect(ready.json()).toMatchObject({ status: 'ok', checks: { events: 'warning' } });
  expect((await place(client, 2)).status).toBe(201);
});

describe('a handler that fails', () => {
  it('is tried again as often as it says, each in a transaction of its own', async () => {
    await using client = await opened();
    failures.set(1, (attempt) => {
      if (attempt <= 2) throw new Error(`try ${attempt}`);
    });
    await place(client, 1);
    await deliver(client);
    expect(tries).toEqual(['1 1', '1 2', '1 3']);
    expect((await effects(client)).filter((text) => text === 'billed 1')).toHaveLength(1);
  });

  it('throws at last what it failed with, and others have handled the event', async () => {
    await using client = await opened();
    failures.set(1, () => {
      throw new Error('always');
    });
    await place(client, 1);
    await place(client, 2);
    await expect(deliver(client)).rejects.toThrow('always');
    expect(tries).toEqual(['1 1', '1 2', '1 3', '2 1']);
    expect(await effects(client)).toContain('placed 1 orders true');
    await deliver(client);
  });

  it('is not tried again for what it calls fatal', async () => {
    await using client = await opened();
    failures.set(1, () => {
      throw new Refused('no');
    });
    await place(client, 1);
    await expect(deliver(client)).rejects.toThrow(Refused);
    expect(tries).toEqual(['1 1']);
  });
});
