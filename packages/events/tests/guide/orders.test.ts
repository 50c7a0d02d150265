import { testClient } from 'vivace/testing';
import { deliver, published } from '@vivace/events/testing';
import { testDatabase } from '@vivace/sql/testing';
import { app, CardRefused, OrderPlaced, orders } from './orders';

const db = testDatabase(orders);

test('an order is billed once', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const { id } = (await client.post('/orders/', { json: { quantity: 1 } })).json<{ id: string }>();
  expect(await published(client, OrderPlaced)).toEqual([{ id, quantity: 1 }]);

  await deliver(client);
  await deliver(client); // nothing is left to deliver

  expect((await client.get(`/orders/${id}`)).json()).toMatchObject({ state: 'billed' });
});

test('a card that is refused is refused for good', async () => {
  await using client = await testClient(app, { overrides: [db.rollback()] });
  const { id } = (await client.post('/orders/', { json: { quantity: 13 } })).json<{ id: string }>();

  await expect(deliver(client)).rejects.toThrow(CardRefused);

  expect((await client.get(`/orders/${id}`)).json()).toMatchObject({ state: 'placed' });
});
